"""Lines with their schedules, holds and trails, ready to be shown."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from orders.choices import UNBOOKED, HoldScope, LineStatus, OrderType
from orders.models import Hold, Order, OrderLine, Schedule
from orders.views.detail.days import Gap, calendar_of, gap_to_commit, gap_to_request
from orders.views.detail.shown_lines import ALL, shown_lines
from orders.views.detail.trails import Trail, price_trail, terms_trail
from values.countries import country_name
from values.dates import BusinessCalendar
from values.money import format_minor, format_price, line_value

LINE_TONES = {LineStatus.HELD: "bad", LineStatus.BOOKED: "info", LineStatus.SHIPPED: "good"}
# an order of two hundred lines is read in parts
PART_LINES = 40

SHOWN_OUTSIDE = (
    "order", "line_no", "customer_part", "quantity", "open_qty", "status", "unit_price",
    "product__sku", "end_buyer__name", "ship_to__name",
)  # fmt: skip


@dataclass(frozen=True)
class ScheduleRow:
    schedule: Schedule
    name: str
    state: str
    tone: str
    left_qty: int
    vs_request: Gap
    vs_commit: Gap

    @property
    def is_open(self) -> bool:
        return self.schedule.open_qty > 0


@dataclass(frozen=True)
class LineBlock:
    line: OrderLine
    schedules: list[ScheduleRow]
    holds: list[Hold]
    arithmetic: str
    tone: str
    price: Trail | None = None
    terms: Trail | None = None

    @property
    def is_unbooked(self) -> bool:
        return self.line.status in UNBOOKED

    @property
    def is_open(self) -> bool:
        return self.line.open_qty > 0

    @property
    def css(self) -> str:
        if any(hold.scope == HoldScope.BOOKING for hold in self.holds):
            return "is-bad"
        return "is-warn" if self.holds else ""


@dataclass(frozen=True)
class Part:
    """A run of lines, by the number of its first and last."""

    first: int
    last: int
    is_shown: bool

    @property
    def label(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def parts_of(order: Order, wanted: str) -> list[Part]:
    """The runs that the lines are read in: none for an order that fits. `wanted` is the number of a line to show."""
    if order.line_count <= PART_LINES:
        return []
    numbers = list(OrderLine.objects.filter(order=order).order_by("line_no").values_list("line_no", flat=True))
    runs = [numbers[start : start + PART_LINES] for start in range(0, len(numbers), PART_LINES)]
    line_no = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0
    shown = next((run for run in reversed(runs) if run[0] <= line_no), runs[0])
    return [Part(run[0], run[-1], run is shown) for run in runs]


def line_blocks(
    order: Order, today: dt.date, holds: Iterable[Hold], *, member: Any, parts: Sequence[Part] = ()
) -> list[LineBlock]:
    """Outsiders get neither trails nor the tables that only insiders read."""
    shown = next((part for part in parts if part.is_shown), None)
    numbers = (shown.first, shown.last) if shown else ALL
    lines = lines_outside(order, numbers) if member.is_outsider else shown_lines(order, numbers)
    schedules = Schedule.objects.filter(order=order).order_by("line_id", "number")
    if shown:
        schedules = schedules.filter(line__line_no__range=numbers)
    of_line: dict[int, list[Schedule]] = defaultdict(list)
    for schedule in schedules:
        of_line[schedule.line_id].append(schedule)
    held: dict[int, list[Hold]] = defaultdict(list)
    for hold in holds:
        held[hold.line_id].append(hold)
    return [block(order, line, of_line[line.pk], held[line.pk], today, member) for line in lines]


def lines_outside(order: Order, numbers: tuple[int, int]) -> Iterable[OrderLine]:
    lines = OrderLine.objects.filter(order=order, line_no__range=numbers).order_by("line_no")
    return lines.select_related("product", "end_buyer", "ship_to").only(*SHOWN_OUTSIDE)


def block(
    order: Order, line: OrderLine, schedules: list[Schedule], holds: list[Hold], today: dt.date, member: Any
) -> LineBlock:
    is_blanket = order.order_type == OrderType.BLANKET
    calendar = calendar_of(line, is_outsider=member.is_outsider)
    of = blanket_row if is_blanket else schedule_row
    rows = [of(line, schedule, today, calendar) for schedule in schedules]
    shown = LineBlock(line, rows, holds, arithmetic(line, order.currency), LINE_TONES.get(LineStatus(line.status), ""))
    if member.is_outsider:
        return shown
    return LineBlock(**{**vars(shown), "price": price_trail(line, order.currency, member), "terms": terms_trail(line)})


def arithmetic(line: OrderLine, currency: str) -> str:
    """Quantity × price = value, as one would check it with a pencil."""
    if line.unit_price is None:
        return f"{line.quantity:,} × no price"
    value = format_minor(line_value(line.quantity, line.unit_price, currency), currency)
    return f"{line.quantity:,} × {format_price(line.unit_price, currency)} = {value}"


def schedule_row(line: OrderLine, schedule: Schedule, today: dt.date, calendar: BusinessCalendar) -> ScheduleRow:
    vs_request = gap_to_request(schedule, calendar)
    vs_commit = gap_to_commit(schedule, today, calendar)
    state, tone = state_of(line, schedule, today, vs_commit)
    return ScheduleRow(
        schedule, f"{line.line_no}.{schedule.number}", state, tone, schedule.open_qty, vs_request, vs_commit
    )


def blanket_row(line: OrderLine, schedule: Schedule, _today: dt.date, _calendar: BusinessCalendar) -> ScheduleRow:
    """Nothing of a blanket is promised or shipped: its releases are."""
    state, tone = blanket_state(line, schedule)
    left = schedule.open_qty - schedule.released_qty
    return ScheduleRow(schedule, f"{line.line_no}.{schedule.number}", state, tone, left, Gap(None), Gap(None))


def blanket_state(line: OrderLine, schedule: Schedule) -> tuple[str, str]:
    if line.status in UNBOOKED:
        return "Not booked", "muted"
    left = schedule.open_qty - schedule.released_qty
    if schedule.open_qty and not left:
        return "All released", "good"
    if not left:
        return "Cancelled", "muted"
    return ("Part released" if schedule.released_qty else "Open"), ""


def state_of(line: OrderLine, schedule: Schedule, today: dt.date, vs_commit: Gap) -> tuple[str, str]:
    if line.status in UNBOOKED:
        return "Not booked", "muted"
    if not schedule.open_qty:
        return shipped_state(schedule, vs_commit) if schedule.shipped_qty else ("Cancelled", "muted")
    waits, tone = open_state(schedule, today)
    return (f"{schedule.shipped_qty:,} shipped, {waits.lower()}" if schedule.shipped_qty else waits), tone


def open_state(schedule: Schedule, today: dt.date) -> tuple[str, str]:
    if schedule.current_commit is None:
        return "No commit", "warn"
    if schedule.current_commit < today:
        return f"Late, {(today - schedule.current_commit).days} days", "bad"
    if schedule.released_qty:
        return f"Released {schedule.released_qty:,}", ""
    return "Committed", ""


def shipped_state(schedule: Schedule, vs_commit: Gap) -> tuple[str, str]:
    if schedule.delivery_date:
        return f"Delivered {schedule.delivery_date:%d %b}", "bad" if (vs_commit.days or 0) > 0 else "good"
    if not vs_commit.days:
        return "Shipped", "good"
    if vs_commit.days > 0:
        return f"Shipped {vs_commit.days} late", "bad"
    return f"Shipped {-vs_commit.days} early", "good"


def calendars_told(blocks: Iterable[LineBlock]) -> str:
    """Whose business days the page counts, in words."""
    sites = {block.line.ship_from.country for block in blocks if block.line.ship_from}
    names = " and ".join(sorted(country_name(country) for country in sites))
    return f"Days are business days in {names}." if names else "Days are weekdays: no site is named yet."
