"""Several lines of percentages over the same slots: on-time rates period by period, each named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ui.charts.marks import STROKES, line, link, picture, text
from ui.charts.scale import Number, exact, ticks
from ui.figures import EMPTY, figure

LEFT, RIGHT, TOP, BOTTOM = 28, 92, 12, 28
APART = 17.0
DASHES = {"l1": "5 2.5"}


@dataclass(frozen=True)
class Rates:
    """One line: its name, class (l1, l2, l3), values in per cent (None breaks it) and where each dot leads."""

    label: str
    css: str
    values: Sequence[Number | None]
    hrefs: Sequence[str] = ()


@dataclass(frozen=True)
class Plane:
    width: float
    height: float
    marks: list[float]
    slots: int

    def x(self, number: int) -> float:
        return LEFT + (number + 0.5) * (self.width - LEFT - RIGHT) / max(self.slots, 1)

    def y(self, value: Number) -> float:
        low, high = self.marks[0], self.marks[-1]
        return TOP + (high - float(value)) / (high - low) * (self.height - TOP - BOTTOM)


def rates(
    title: str,
    labels: Sequence[tuple[str, str]],
    series: Sequence[Rates],
    *,
    name: str = "rates",
    width: float = 520,
    height: float = 214,
) -> SafeString:
    """An SVG of lines; `labels` are two short lines under each slot. The axis begins just below the lowest rate."""
    known = [float(value) for each in series for value in each.values if value is not None]
    marks = ticks(max(0.0, min(known, default=0) - 2), min(100.0, max(known, default=100) + 2), about=5)
    plane = Plane(width, height, marks, len(labels))
    parts = []
    for mark in marks:
        parts.append(line("g", LEFT, plane.y(mark), width - RIGHT + 4, plane.y(mark)))
        parts.append(text(LEFT - 4, plane.y(mark) + 2.4, figure(exact(mark), 0), css="m", anchor="end", size=6.8))
    for number, (label, below) in enumerate(labels):
        parts.append(text(plane.x(number), height - BOTTOM + 11, label))
        if below:
            parts.append(text(plane.x(number), height - BOTTOM + 20, below, css="m"))
    for each in series:
        parts += drawn(plane, each, labels)
    parts += ends(plane, series)
    said = "; ".join(f"{each.label} {shown(last_of(each.values))}" for each in series)
    return picture(title, f"Newest: {said}.", (width, height), parts, name=name, css="wide rates")


def drawn(plane: Plane, each: Rates, labels: Sequence[tuple[str, str]]) -> list[str]:
    """Strokes between neighbours that are both known, and a dot for each value."""
    points = [None if value is None else (plane.x(n), plane.y(value)) for n, value in enumerate(each.values)]
    path = ""
    for before, point in zip([None, *points], points, strict=False):
        if point:
            path += f"{'L' if before else 'M'}{point[0]:.1f} {point[1]:.1f}"
    dash = f' stroke-dasharray="{DASHES[each.css]}"' if each.css in DASHES else ""
    parts = [
        f'<path class="{each.css}" fill="none" stroke="{STROKES[each.css]}" stroke-width="1.6"{dash} d="{path}"/>'
    ] if path else []  # fmt: skip
    for number, point in enumerate(points):
        if point is None:
            continue
        place = f'cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="2.2"'
        dot = f'<circle class="d{each.css[1:]}" fill="{STROKES[each.css]}" {place}/>'
        href = each.hrefs[number] if each.hrefs else ""
        parts.append(link(href, f"{each.label}, {' '.join(labels[number]).strip()}: {shown(each.values[number])}", dot))
    return parts


def ends(plane: Plane, series: Sequence[Rates]) -> list[str]:
    """Names and newest values at the right, moved apart where they would cover each other."""
    named = sorted(
        ((plane.y(value), each, value) for each in series if (value := last_of(each.values)) is not None),
        key=lambda found: found[0],
    )
    parts, floor = [], 0.0
    for y, each, value in named:
        place = max(y, floor)
        floor = place + APART
        parts.append(text(plane.width - RIGHT + 10, place + 1, shown(value), css="v", anchor="start", size=9))
        parts.append(text(plane.width - RIGHT + 10, place + 9, each.label, css="m", anchor="start"))
    return parts


def last_of(values: Sequence[Number | None]) -> Number | None:
    return values[-1] if values else None


def shown(value: Number | None) -> str:
    return EMPTY if value is None else f"{figure(exact(value), 1)} %"
