"""Math in titles as Unicode and as MathML."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.text.tex_math import to_html, to_unicode


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"$\ell_1$-Norm Things in $O(n^2)$", "ℓ₁-Norm Things in O(n²)"),
        (r"$\mathbb{R}^d$ and $\mathcal{X}_{max}$", "ℝᵈ and 𝒳ₘₐₓ"),
        (r"A$^*$ Search", "A* Search"),
        (r"$O(n \log n)$ Sorting", "O(n log n) Sorting"),
        (r"$\mathrm{KL}(p\|q)$ and $\hat{y}$", "KL(p‖q) and ŷ"),
        (r"\(x^2\) in Brackets", "x² in Brackets"),
        (r"$f \colon X \to Y$", "f:X → Y"),
        (r"$\frac{a+b}{c}$ of $\sqrt{n}$", "(a+b)/c of √n"),
        (r"$2.5\times$ Faster, $100\%$ Sure", "2.5× Faster, 100% Sure"),
        (r"$x_Q$", "x_Q"),
    ],
)
def test_math_reads_as_unicode(tex: str, shown: str) -> None:
    assert to_unicode(tex) == shown


@pytest.mark.parametrize(
    "text",
    [
        "From $5 to $10",
        "What Costs $3? A $1 Study of US$ and More",
        r"A \$5 Model for $9",
        r"$\unknown{x}$ stays",
        r"$\frac{a}$ lacks something",
        "$a{b$ is not closed",
        "$" + "{" * 30 + "x" + "}" * 30 + "$",
        "$x__y$",
    ],
)
def test_what_is_no_math_or_not_understood_stays(text: str) -> None:
    assert to_unicode(text) == text


def test_pages_get_mathml_only_where_unicode_is_not_enough() -> None:
    assert str(to_html(r"$\ell_1$ <b>")) == "ℓ₁ &lt;b&gt;"
    html = str(to_html(r"The $\frac{1}{x_Q}$ & more"))
    assert html.endswith("&amp; more")
    (math,) = ET.fromstring(f"<p>{html}</p>")
    assert math.tag == "math"
    assert [element.tag for element in math.iter()][1:] == ["mfrac", "mn", "msub", "mi", "mi"]


@given(st.text(alphabet=r"\${}^_'<>&abQ1 ()|frcsqtmhlog", max_size=40))
def test_any_text_gives_well_formed_html(text: str) -> None:
    ET.fromstring(f"<p>{to_html(text)}</p>")
    to_unicode(text)
