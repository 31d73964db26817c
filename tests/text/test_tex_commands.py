"""Only commands of TeX that are known to print pass; the first other one is named."""

import pytest

from catalog.render.citations.characters import ACCENTS, LETTERS, MATH, PUNCTUATION, SPECIAL
from catalog.text.tex_commands import find_forbidden


@pytest.mark.parametrize(
    ("tex", "command"),
    [
        (r"a \input{b}", r"\input"),
        (r"\immediate\write18{a}", r"\immediate"),
        ("^^5cinput", "^^"),
        (r"\^^5cinput", r"\^^"),
        (r"\begin{input}{/etc/passwd}\end{input}", r"\begin{input}"),
        (r"\begin{write}18{touch it}\end{write}", r"\begin{write}"),
        (r"\begin{directlua}{os.exit()}", r"\begin{directlua}"),
        (r"\begin{in\empty put}{b}", r"\begin"),
        (r"\begin" "\n\n" r"{input}", r"\begin"),
        (r"\begin%{matrix}" "\n{input}", r"\begin"),
        (r"\begin{matrix}x\end{csname}", r"\end{csname}"),
        (r"\begin {csname}", r"\begin {csname}"),
        (r"\begin{array}{>{\input b}c}", r"\input"),
        (r"\UseName{input}{b}", r"\UseName"),
        (r"\makeatletter\@nameuse{input}{b}", r"\makeatletter"),
        (r"\@nameuse{input}{b}", r"\@nameuse"),
        (r"\alpha@input", r"\alpha@input"),
        (r"\ExplSyntaxOn\file_input:n{b}", r"\ExplSyntaxOn"),
        (r"\ExplSyntaxOn\sys_shell_now:n{b}", r"\ExplSyntaxOn"),
        (r"\global\chardef\par=65", r"\global"),
        (r"\batchmode", r"\batchmode"),
        (r"\stop", r"\stop"),
        (r"\AtEndDocument{b}", r"\AtEndDocument"),
        (r"\addtocontents{toc}{b}", r"\addtocontents"),
        (r"\externaldocument{b}", r"\externaldocument"),
        (r"\LoadClass{b}", r"\LoadClass"),
        (r"\documentclass{b}", r"\documentclass"),
        (r"\ShellEscape{b}", r"\ShellEscape"),
        (r"\Alpha", r"\Alpha"),
        (r"\é", r"\é"),
        ("\\", "\\"),  # the brace of the field would follow it
        (r"\href{run:/bin/sh}{a}", r"\href"),
        (r"\url{file:///etc/passwd}", r"\url"),
        (r"\url|https://a.example/|", r"\url"),
        (r"\href{https://a.example/}{\input b}", r"\input"),
    ],
)
def test_the_first_command_that_is_not_known_to_print_is_named(tex: str, command: str) -> None:
    assert find_forbidden(tex) == command


@pytest.mark.parametrize(
    "tex",
    [
        "input",
        "x^2 ^ 3",
        r"\emph{a} \newline \'{e} \"o \o \v{s} \c c \% \& \_ \{ \} a\ b\,c \- \\",
        r"O(n \log n) \leq \frac{1}{\sqrt[3]{2}} \in \mathbb{R}^{d} \operatorname*{arg\,max}_x",
        r"\left( \begin{pmatrix} a & b \\ c & d \end{pmatrix} \right] \hat{\boldsymbol\theta}",
        r"\begin{cases} x \text{ if } y \end{cases}",
        r"Code: \url{https://a.example/b} and \href{http://a.example/}{here}",
        *(rf"\{accent}{{a}}" for accent in ACCENTS.values()),
        *(rf"\{letter} " for letter in LETTERS.values()),
        *MATH.values(),
        *PUNCTUATION.values(),
        *SPECIAL.values(),
    ],
)
def test_what_prints_passes(tex: str) -> None:
    assert find_forbidden(tex) is None
