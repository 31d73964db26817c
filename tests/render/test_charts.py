"""The chart by year."""

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from catalog.render.charts import THEMES, WIDTH, describe_years, draw_years

SVG = "{http://www.w3.org/2000/svg}"


def draw(years: dict[int, int], tmp_path: Path, theme: str = "light") -> ElementTree.Element:
    return ElementTree.fromstring(draw_years(years, tmp_path, theme=theme))


def test_each_year_with_papers_has_a_bar_of_proportional_height(tmp_path: Path) -> None:
    bars = draw({2020: 2, 2021: 0, 2022: 4}, tmp_path).findall(f".//{SVG}rect")
    heights = [float(bar.attrib["height"]) for bar in bars]
    assert len(heights) == 2
    assert heights[1] == pytest.approx(2 * heights[0])


def test_the_title_says_the_counts_in_words(tmp_path: Path) -> None:
    picture = draw({2020: 2, 2021: 0, 2022: 4}, tmp_path)
    assert picture.findtext(f"{SVG}title") == "Papers by year: 2020: 2, 2022: 4"
    assert picture.attrib["role"] == "img"


@pytest.mark.parametrize("years", [1, 2, 19, 60, 200, 900])
def test_bars_stay_inside_and_labels_do_not_touch_whatever_the_range(
    years: int, tmp_path: Path
) -> None:
    picture = draw({2025 - years + 1 + offset: offset % 7 for offset in range(years)}, tmp_path)
    for bar in picture.findall(f".//{SVG}rect"):
        assert float(bar.attrib["x"]) >= 0
        assert float(bar.attrib["x"]) + float(bar.attrib["width"]) <= WIDTH
    labels = [text for text in picture.findall(f".//{SVG}text") if len(text.text or "") == 4]
    middles = [float(label.attrib["x"]) for label in labels]
    assert labels[-1].text == "2025"
    assert all(right - left >= 30 for left, right in pairwise(middles))


def test_light_and_dark_differ_in_colours_only(tmp_path: Path) -> None:
    texts = {theme: draw_years({2020: 1}, tmp_path, theme=theme) for theme in THEMES}
    for theme, colours in THEMES.items():
        for name, colour in colours.items():
            texts[theme] = texts[theme].replace(colour, name)
    assert texts["light"] == texts["dark"]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("theme", "page"), [("light", "#ffffff"), ("dark", "#0d1117")])
def test_text_has_the_contrast_that_wcag_asks_for(theme: str, page: str) -> None:
    bright, dim = sorted((luminance(THEMES[theme]["text"]), luminance(page)), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_a_list_without_years_says_so() -> None:
    assert describe_years({}) == "no papers yet"
