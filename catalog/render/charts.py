"""The list as pictures: SVG drawn at build from the template `charts/years.svg.j2`."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.render.templates import render

WIDTH, HEIGHT = 720, 180
_TOP, _BOTTOM = 20, 24
_MIN_LABEL_WIDTH = 34
"""Width in px that a year of four digits needs under its bar."""

THEMES = {
    "light": {"bar": "#1f6feb", "text": "#59636e", "line": "#d1d9e0"},
    "dark": {"bar": "#4493f8", "text": "#9198a1", "line": "#3d444d"},
}
"""Colours on GitHub's page backgrounds; text has a contrast of at least 4.5 to 1 there."""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One year: geometry in px from the top left corner."""

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float
    label: str


def draw_years(years: Mapping[int, int], folder: Path, *, theme: str) -> str:
    """Draw the number of papers a year as a bar chart.

    `years` maps each year of a range without gaps to its count; `theme` is a key of `THEMES`;
    `folder` is the list's, whose templates come first.
    """
    title = f"Papers by year: {describe_years(years)}"
    return render(
        folder,
        "charts/years.svg.j2",
        bars=_make_bars(years),
        baseline=HEIGHT - _BOTTOM,
        colours=THEMES[theme],
        height=HEIGHT,
        title=title,
        width=WIDTH,
    )


def describe_years(years: Mapping[int, int]) -> str:
    """Return the counts in words, for readers who do not see the chart."""
    return (
        ", ".join(f"{year}: {count}" for year, count in years.items() if count) or "no papers yet"
    )


def _make_bars(years: Mapping[int, int]) -> list[DrawnBar]:
    if not years:
        return []
    step = WIDTH / len(years)
    every = math.ceil(_MIN_LABEL_WIDTH / step)
    tallest = max(years.values()) or 1
    bars = []
    for position, (year, count) in enumerate(years.items()):
        height = round((HEIGHT - _TOP - _BOTTOM) * count / tallest, 1)
        # Counted from the newest year, which always has its label.
        label = str(year) if (len(years) - 1 - position) % every == 0 else ""
        # Gaps of three tenths; a list of few years would have bars as wide as pages.
        width = min(step * 0.7, 60)
        x = round(position * step + (step - width) / 2, 1)
        bars.append(
            DrawnBar(
                year, count, x, round(HEIGHT - _BOTTOM - height, 1), round(width, 1), height, label
            )
        )
    return bars
