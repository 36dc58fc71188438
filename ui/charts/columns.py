"""Vertical bars with their values on top: backlog by due bucket where there is room in breadth."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ui.charts.marks import line, link, picture, rect, text
from ui.charts.scale import Number, Unit, unit_for

TOP, BOTTOM, MARGIN = 26, 30, 6
FILL_OF_SLOT = 0.8


@dataclass(frozen=True)
class Column:
    """One bar, two lines of words under it, and where it leads."""

    label: str
    below: str
    value: Number
    css: str = "c1"
    href: str = ""


def columns(
    title: str,
    entries: Sequence[Column],
    *,
    currency: str = "",
    name: str = "columns",
    width: float = 440,
    height: float = 216,
) -> SafeString:
    """An SVG of vertical bars from one base line; values below zero hang under it."""
    values = [float(entry.value) for entry in entries]
    unit = unit_for(values)
    high, low = max([0.0, *values]), min([0.0, *values])
    scale = (height - TOP - BOTTOM) / ((high - low) or 1.0)
    base, slot = TOP + high * scale, (width - 2 * MARGIN) / max(len(entries), 1)
    parts = [
        line("axis", 0, base, width, base),
        text(0, 7, f"{currency} {unit.short}".strip(), css="m", anchor="start", size=6.8),
    ]
    for number, entry in enumerate(entries):
        parts += drawn(entry, (MARGIN + number * slot, slot), (base, float(entry.value) * scale, height), unit)
    said = "; ".join(f"{entry.label} {entry.below}".strip() + f": {unit.shown(entry.value)}" for entry in entries)
    return picture(
        title, f"{said}. In {currency} {unit.name}".strip() + ".", (width, height), parts, name=name, css="middling"
    )


def drawn(entry: Column, place: tuple[float, float], heights: tuple[float, float, float], unit: Unit) -> list[str]:
    left, slot = place
    base, length, height = heights
    room, middle, shown = slot * FILL_OF_SLOT, left + slot / 2, unit.shown(entry.value)
    top = base - max(length, 0)
    mark = rect(entry.css, middle - room / 2, top, room, max(abs(length), 0.6))
    words = "bad" if entry.css == "late" else ""
    parts = [
        link(entry.href, f"{entry.label} {entry.below}".strip() + f": {shown}", mark),
        text(middle, top - 4, shown, css="v"),
        text(middle, height - BOTTOM + 11, entry.label, css=words),
    ]
    return [*parts, text(middle, height - BOTTOM + 20, entry.below, css="m")] if entry.below else parts
