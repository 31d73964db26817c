import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importers.bibliography import decode_latex

CASES = {
    r"G{\"o}del": "Gödel",
    r"G\"odel": "Gödel",
    r"G\"{o}del": "Gödel",
    r"{\L}ukasz": "Łukasz",
    r"\L{}ukasz": "Łukasz",
    r"\L ukasz": "Łukasz",
    r"Garc{\'\i}a": "García",
    r"Garc\'{\i}a": "García",
    r"na\"{\i}ve": "naïve",
    r"\c{C}elik fa\c cade": "Çelik façade",
    r"\v Simko \v{S}imko": "Šimko Šimko",
    r"\AA ngstr\"om": "Ångström",
    r"Stra{\ss}e": "Straße",
    r"S{\o}ren": "Søren",
    r"Nguy{\~{\^e}}n": "Nguyễn",
    r"\H{o} \k{a} \u{g} \.{I} \d{a} \r{u} \={a}": "ő ą ğ İ ạ ů ā",
    r"A \& B": "A & B",
    "AT&T": "AT&T",
    r"100\% of \#1 for \$5": "100% of #1 for $5",
    "50% more": "50% more",
    r"a\_b": "a_b",
    "A~B": "A B",
    "1--2 and a---b": "1–2 and a—b",
    "``quoted''": "“quoted”",
    r"\emph{very} \textbf{{BERT}} {\em x} \texttt{code} \mbox{ab}": "very BERT x code ab",
    "{BERT}: {Pre-training}": "BERT: Pre-training",
    "{{All}}": "All",
    r"$\alpha$-things in $L_2$ and $k$-NN": "α-things in $L_2$ and $k$-NN",
    r"\url{https://example.org/a_b}": "https://example.org/a_b",
    r"\href{https://example.org/}{here}": "here",
    r"\enquote{a} b": "“a” b",
    r"a\-b": "ab",
    r"\ldots\ and \dots{} x": "… and … x",
    r"\LaTeX{} and \TeX": "LaTeX and TeX",
    r"O{\textquoteright}Sample": "O’Sample",
    r"\unknown{x}": "x",
    "Ünïcödé stays": "Ünïcödé stays",
    "{unclosed": "unclosed",
    "one\n  line": "one line",
    r"H\textsubscript{2}O and Na\textsuperscript{+}": "H₂O and Na⁺",
    r"The 19\textsuperscript{th} Thing": "The 19th Thing",
    r"{\UHORN}ng and tr{\uhorn}{\ohorn}ng 4{\textonehalf}": "Ưng and trương 4½",
}


@pytest.mark.parametrize(("latex", "text"), CASES.items())
def test_latex_is_text(latex: str, text: str) -> None:
    assert decode_latex(latex) == text


@given(st.text("\\{}$%&~\"'^abc -`[]", max_size=30))
def test_any_latex_is_decoded_to_one_line(latex: str) -> None:
    text = decode_latex(latex)

    assert text == " ".join(text.split())


@pytest.mark.parametrize(
    "latex",
    [
        r"\emph{" * 3_000 + "}" * 3_000,
        r"\'{" * 2_000 + "}" * 2_000,
        r"\sqrt[",
        r"\footnote[",
        r"\textcolor[",
    ],
)
def test_what_cannot_be_decoded_stays(latex: str) -> None:
    assert decode_latex(f"A {latex} b") == f"A {latex} b"


def test_options_that_are_not_closed_are_read_once() -> None:
    # Twice for each would be 2 to the power of a thousand.
    text = decode_latex(r"\cite[" * 1_000 + "x")
    assert text.endswith("x")


_PIECES = [
    *(
        r"\sqrt",
        r"\frac",
        r"\footnote",
        r"\textcolor",
        r"\href",
        r"\exp",
        r"\item",
        r"\cite",
        r"\verb",
    ),
    *(
        r"\begin{align*}",
        r"\end{align*}",
        r"\begin{psmallmatrix}",
        r"\begin{array}",
        r"\begin{list}",
    ),
    *(r"\(", r"\)", r"\[", r"\]", r"\\", "[", "]", "{", "}", "$", "&", "%", "x", " ", "\n"),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_any_commands_are_decoded_or_stay(latex: str) -> None:
    text = decode_latex(latex)

    assert text == " ".join(text.split())
