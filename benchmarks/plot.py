"""The cost of a full build against the size of the list, both on logarithmic scales, as SVG."""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 560, 320, 60, 44, 24, 24


def draw(path: Path, seconds: Mapping[int, float]) -> None:
    """Write the plot of seconds of processor time by number of papers; two sizes at least."""
    if len(seconds) < 2:
        return
    sizes, costs = list(seconds), list(seconds.values())
    x_of = _Scale(min(sizes), max(sizes), LEFT, WIDTH - RIGHT)
    y_of = _Scale(min(costs) / 2, max(costs) * 2, HEIGHT - BOTTOM, TOP)
    path.write_text("\n".join(_draw(seconds, x_of, y_of)) + "\n", encoding="utf-8")


class _Scale:
    """Maps a range of numbers, on a logarithmic scale, to one of pixels."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = math.log(low), math.log(high), start, end

    def __call__(self, value: float) -> float:
        share = (math.log(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def _draw(seconds: Mapping[int, float], x_of: _Scale, y_of: _Scale) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13" fill="#555">'
    )
    yield "<title>Processor time of a full build by number of papers</title>"
    for size in seconds:
        x = x_of(size)
        yield f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="#ccc"/>'
        yield f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{size:,}</text>'
    points = " ".join(f"{x_of(size)},{y_of(cost)}" for size, cost in seconds.items())
    yield f'<polyline points="{points}" fill="none" stroke="#3f51b5" stroke-width="2"/>'
    for size, cost in seconds.items():
        x, y = x_of(size), y_of(cost)
        yield f'<circle cx="{x}" cy="{y}" r="4" fill="#3f51b5"/>'
        yield f'<text x="{x}" y="{y - 10}" text-anchor="middle">{cost:.2g} s</text>'
    yield f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">papers</text>'
    yield "</svg>"
