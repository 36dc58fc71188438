"""Grouped vertical bars with a value axis: bookings beside billings, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ui.charts.marks import line, link, picture, rect, text
from ui.charts.scale import Number, Unit, tick_text, ticks, unit_for

LEFT, TOP, BOTTOM = 34, 18, 30
FILL_OF_SLOT = 0.76


@dataclass(frozen=True)
class Bar:
    """One series: its name and its class (c1, c2, c3)."""

    label: str
    css: str


@dataclass(frozen=True)
class Group:
    """One slot on the axis: a value for each series (None draws nothing), a second line, and where it leads."""

    label: str
    values: tuple[Number | None, ...]
    below: str = ""
    href: str = ""


@dataclass(frozen=True)
class Plane:
    """Where values and slots come to lie."""

    width: float
    height: float
    marks: list[float]
    slots: int

    @property
    def slot(self) -> float:
        return (self.width - LEFT - 4) / max(self.slots, 1)

    def y(self, value: Number) -> float:
        low, high = self.marks[0], self.marks[-1]
        return TOP + (high - float(value)) / (high - low) * (self.height - TOP - BOTTOM)

    def x(self, number: int) -> float:
        return LEFT + number * self.slot


def bars(
    title: str,
    series: Sequence[Bar],
    groups: Sequence[Group],
    *,
    currency: str = "",
    name: str = "bars",
    width: float = 560,
    height: float = 200,
    below: str = "",
) -> SafeString:
    """An SVG of grouped bars; values below zero hang under the axis. `below` names the line under the labels."""
    values = [value for group in groups for value in group.values if value is not None]
    unit = unit_for(values)
    plane = Plane(width, height, ticks(min([0, *values]), max([0, *values])), len(groups))
    said = [spoken(series, group, unit) for group in groups]
    parts = axis(plane, unit, currency)
    if below:
        parts.append(text(0, plane.height - BOTTOM + 20, below, css="m", anchor="start", size=6.8))
    for number, group in enumerate(groups):
        drawn = drawn_group(plane, series, group, number)
        parts += [link(group.href, said[number], drawn), *captions(plane, group, number)]
    description = f"{'; '.join(said)}. In {currency} {unit.name}".strip() + "."
    return picture(title, description, (width, height), parts, name=name)


def axis(plane: Plane, unit: Unit, currency: str) -> list[str]:
    drawn = []
    for mark in plane.marks:
        y = plane.y(mark)
        drawn.append(line("axis" if mark == 0 else "g", LEFT, y, plane.width, y))
        drawn.append(text(LEFT - 4, y + 2.4, tick_text(mark, unit), css="m", anchor="end", size=6.8))
    return [*drawn, text(0, 6.5, f"{currency} {unit.short}".strip(), css="m", anchor="start", size=6.8)]


def drawn_group(plane: Plane, series: Sequence[Bar], group: Group, number: int) -> str:
    room = plane.slot * FILL_OF_SLOT
    each, left = room / len(series), plane.x(number) + (plane.slot - room) / 2
    zero = plane.y(0)
    inner = ""
    for place, (bar, value) in enumerate(zip(series, group.values, strict=True)):
        if value is not None:
            y = plane.y(value)
            inner += rect(bar.css, left + place * each, min(y, zero), each - 1, abs(zero - y))
    return inner


def captions(plane: Plane, group: Group, number: int) -> list[str]:
    middle, base = plane.x(number) + plane.slot / 2, plane.height - BOTTOM
    below = [text(middle, base + 20, group.below, css="m", size=6.8)] if group.below else []
    return [text(middle, base + 11, group.label), *below]


def spoken(series: Sequence[Bar], group: Group, unit: Unit) -> str:
    pairs = zip(series, group.values, strict=True)
    said = [f"{bar.label} {unit.shown(value)}" if value is not None else f"{bar.label} none" for bar, value in pairs]
    return f"{group.label} {group.below}".strip() + ": " + ", ".join(said)
