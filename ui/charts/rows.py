"""Horizontal bars with their values at the end: backlog by due bucket."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ui.charts.marks import line, link, picture, rect, text
from ui.charts.scale import ONES, Number, Unit, unit_for

LABELS, VALUES = 92, 66
PITCH, THICK = 24, 14


@dataclass(frozen=True)
class Row:
    """One bar. `note` stands behind the value, such as a share."""

    label: str
    value: Number
    css: str = "c1"
    note: str = ""
    href: str = ""


def rows(
    title: str, entries: Sequence[Row], *, currency: str = "", name: str = "rows", width: float = 285
) -> SafeString:
    """An SVG of horizontal bars, as high as its rows need. Amounts are rounded to a unit, counts are not."""
    unit = unit_for(entry.value for entry in entries) if currency else ONES
    largest = max((abs(float(entry.value)) for entry in entries), default=0) or 1.0
    room = width - LABELS - VALUES
    height = PITCH * max(len(entries), 1) + 6
    parts = [line("axis", LABELS, 2, LABELS, height - 2)]
    for number, entry in enumerate(entries):
        parts.append(drawn_row(entry, 6 + number * PITCH, abs(float(entry.value)) / largest * room, unit))
    said = "; ".join(f"{entry.label}: {unit.shown(entry.value)}" for entry in entries)
    return picture(
        title, f"{said}. In {currency} {unit.name}".strip() + ".", (width, height), parts, name=name, css="narrow"
    )


def drawn_row(entry: Row, top: float, length: float, unit: Unit) -> str:
    shown, base = unit.shown(entry.value), top + THICK / 2 + 2.5
    drawn = rect(entry.css, LABELS, top, max(length, 0.5), THICK)
    after = LABELS + length + 4
    return "".join([
        text(0, base, entry.label, css="bad" if entry.css == "late" else "", anchor="start"),
        link(entry.href, f"{entry.label}: {shown}", drawn),
        text(after, base, shown, css="v", anchor="start"),
        text(after + 4.2 * len(shown) + 5, base, entry.note, css="m", anchor="start", size=6.8) if entry.note else "",
    ])  # fmt: skip
