"""A line over the same slots as grouped bars: book-to-bill above bookings and billings."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from ui.charts.bars import LEFT
from ui.charts.marks import INK, STROKES, line, picture, text
from ui.charts.scale import Number, exact
from ui.figures import EMPTY, figure

TOP, BOTTOM = 20, 8


def lines(
    title: str,
    labels: Sequence[str],
    values: Sequence[Number | None],
    *,
    base: Number | None = None,
    name: str = "line",
    width: float = 560,
    height: float = 64,
) -> SafeString:
    """An SVG of one line with dots, its last value written out; `base` is a level drawn through, such as 1.00.

    A missing value breaks the line: it is not zero.
    """
    known = [float(value) for value in values if value is not None]
    levels = [*known, *([float(base)] if base is not None else [])] or [0.0]
    low, high = min(levels), max(levels)
    spread = (high - low) or 1.0
    slot = (width - LEFT - 4) / max(len(values), 1)

    def at(number: int, value: Number) -> tuple[float, float]:
        return LEFT + (number + 0.5) * slot, TOP + (high - float(value)) / spread * (height - TOP - BOTTOM)

    parts = [text(LEFT, 8, title, css="v", anchor="start")]
    if base is not None:
        y = at(0, base)[1]
        parts += [
            line("g", LEFT, y, width, y),
            text(LEFT - 4, y + 2.4, figure_of(base), css="m", anchor="end", size=6.8),
        ]
    points = [(number, at(number, value)) for number, value in enumerate(values) if value is not None]
    parts += strokes(points)
    parts += [f'<circle class="dot" fill="{INK}" cx="{x:.1f}" cy="{y:.1f}" r="1.6"/>' for _, (x, y) in points]
    if points:
        number, (x, y) = points[-1]
        parts.append(text(x, y - 6, figure_of(values[number] or 0), css="v"))
    said = "; ".join(f"{label}: {figure_of(value)}" for label, value in zip(labels, values, strict=True))
    return picture(title, f"{said}.", (width, height), parts, name=name)


def strokes(points: Sequence[tuple[int, tuple[float, float]]]) -> list[str]:
    """One path for each run of neighbouring values."""
    drawn, path, last = [], "", None
    for number, (x, y) in points:
        if last is not None and number == last + 1:
            path += f"L{x:.1f} {y:.1f}"
        else:
            drawn.append(path)
            path = f"M{x:.1f} {y:.1f}"
        last = number
    paths = [path for path in [*drawn, path] if "L" in path]
    return [f'<path class="l1" fill="none" stroke="{STROKES["l1"]}" stroke-width="1.2" d="{path}"/>' for path in paths]


def figure_of(value: Number | None) -> str:
    return EMPTY if value is None else figure(exact(value), 2)
