"""A bridge from an opening to a closing total, one step for each driver."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.safestring import SafeString

from ui.charts.marks import line, link, picture, rect, text
from ui.charts.scale import ONES, Number, Unit, exact, unit_for
from ui.figures import figure, signed

TOP, BOTTOM = 16, 24
FILL_OF_SLOT = 0.62
# steps smaller than this share of the totals would vanish, so the totals are cut and the cut is drawn
CUT_BELOW = 0.5


# a total's name, amount and, on a page, its address
End = tuple[str, Number] | tuple[str, Number, str]


@dataclass(frozen=True)
class Step:
    """One driver and what it added (or took away)."""

    label: str
    amount: Number
    href: str = ""


@dataclass(frozen=True)
class Frame:
    """Heights of values in the picture; `floor` is where the axis begins when the totals are cut."""

    floor: float
    ceiling: float
    height: float
    slot: float

    def y(self, value: float) -> float:
        room = self.height - TOP - BOTTOM
        return TOP + (self.ceiling - value) / ((self.ceiling - self.floor) or 1.0) * room


def bridge(
    title: str,
    opening: End,
    steps: Sequence[Step],
    closing: End,
    *,
    name: str = "bridge",
    size: tuple[float, float] = (780, 190),
    places: int = 2,
    currency: str = "",
) -> SafeString:
    """An SVG of the bridge: totals as full bars, rises solid, falls hatched, each with its amount.

    Amounts are exact; where a `currency` is given they are in its thousands or millions, for narrow places.
    """
    width, height = size
    levels = list(accumulate((float(step.amount) for step in steps), initial=float(opening[1])))
    floor = floor_of([*levels, float(closing[1])])
    frame = Frame(floor, max([*levels, float(closing[1]), 0.0]), height, width / (len(steps) + 2))
    parts = [line("axis", 0, frame.y(max(floor, 0)), width, frame.y(max(floor, 0)))]
    spell = Spelling(unit_for([opening[1], closing[1]]) if currency else ONES, places)
    if currency:
        parts.append(text(0, 6.5, f"{currency} {spell.unit.short}".strip(), css="m", anchor="start", size=6.8))
    parts += total(frame, 0, opening, spell)
    for number, step in enumerate(steps):
        parts += drawn_step(frame, number + 1, step, (levels[number], levels[number + 1]), spell)
    parts += total(frame, len(steps) + 1, closing, spell)
    said = ", ".join(f"{step.label} {signed(exact(step.amount), places)}" for step in steps)
    ends = [f"{end[0]} {figure(exact(end[1]), places)}" for end in (opening, closing)]
    return picture(
        title, f"{ends[0]}; {said}; {ends[1]}.", (width, height), parts, name=name, css="wide" if currency else "broad"
    )


def is_cut(opening: Number, amounts: Sequence[Number], closing: Number) -> bool:
    """Whether the bridge of these figures begins above zero, which its caption has to say."""
    levels = accumulate((float(amount) for amount in amounts), initial=float(opening))
    return floor_of([*levels, float(closing)]) > 0


def floor_of(levels: Sequence[float]) -> float:
    """Where the axis begins: at zero, or just under the lowest level when the steps would be too thin to see."""
    low, high = min(levels), max(levels)
    if low <= 0:
        return min(low, 0.0)
    spread = high - low
    return 0.0 if spread >= high * CUT_BELOW else max(0.0, low - max(spread * 0.6, high * 0.02))


@dataclass(frozen=True)
class Spelling:
    """How amounts are written: exact, or in a unit."""

    unit: Unit
    places: int

    def plain(self, amount: Number) -> str:
        return figure(exact(amount), self.places) if self.unit is ONES else self.unit.shown(amount)

    def signed(self, amount: Number) -> str:
        shown = self.plain(amount)
        return f"+{shown}" if amount > 0 and any(digit in shown for digit in "123456789") else shown


def total(frame: Frame, number: int, end: End, spell: Spelling) -> list[str]:
    label, value, *hrefs = end
    href = hrefs[0] if hrefs else ""
    left, room, middle = placed(frame, number)
    base, y = frame.y(max(frame.floor, 0)), frame.y(float(value))
    drawn = [
        link(href, f"{label}: {spell.plain(value)}", rect("c1", left, min(y, base), room, abs(base - y))),
        text(middle, min(y, base) - 4, spell.plain(value), css="v"),
        text(middle, frame.height - BOTTOM + 11, label, css="v"),
    ]
    if frame.floor > 0:
        tooth = f"M{left - 1:.1f} {base - 6:.1f}l{room / 2 + 1:.1f} -4l{room / 2 + 1:.1f} 4v3"
        drawn.append(f'<path class="halo" fill="#fff" d="{tooth}l-{room / 2 + 1:.1f} -4l-{room / 2 + 1:.1f} 4z"/>')
    return drawn


def drawn_step(frame: Frame, number: int, step: Step, levels: tuple[float, float], spell: Spelling) -> list[str]:
    before, after = levels
    left, room, middle = placed(frame, number)
    top, bottom = frame.y(max(before, after)), frame.y(min(before, after))
    amount = spell.signed(step.amount)
    gap = frame.slot - room
    mark = rect("up" if after >= before else "down", left, top, room, max(bottom - top, 0.6))
    return [
        line("l4", left - gap, frame.y(before), left, frame.y(before), dash="2 2"),
        link(step.href, f"{step.label}: {amount}", mark),
        line("l4", left + room, frame.y(after), left + room + gap, frame.y(after), dash="2 2"),
        text(middle, top - 4, amount, css="v"),
        *two_lines(middle, frame.height - BOTTOM + 11, step.label, narrow=spell.unit is not ONES),
    ]


def two_lines(middle: float, top: float, label: str, *, narrow: bool) -> list[str]:
    """A label; its second word under the first where there is little room."""
    first, _, second = label.partition(" ")
    if not narrow or not second:
        return [text(middle, top, label)]
    return [text(middle, top, first), text(middle, top + 9, second)]


def placed(frame: Frame, number: int) -> tuple[float, float, float]:
    """Left edge, width and middle of the bar in a slot."""
    room = frame.slot * FILL_OF_SLOT
    left = number * frame.slot + (frame.slot - room) / 2
    return left, room, left + room / 2
