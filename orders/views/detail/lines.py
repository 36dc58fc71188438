"""Lines with their schedules, holds and trails, ready to be shown."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from orders.choices import UNBOOKED, HoldScope, LineStatus, OrderType
from orders.models import Hold, Order, OrderLine, Schedule
from orders.views.detail.trails import Trail, price_trail, terms_trail
from values.money import format_minor, format_price, line_value

LINE_TONES = {LineStatus.HELD: "bad", LineStatus.BOOKED: "info", LineStatus.SHIPPED: "good"}


@dataclass(frozen=True)
class ScheduleRow:
    schedule: Schedule
    name: str
    state: str
    tone: str
    gone_qty: int
    left_qty: int

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
    def is_releasable(self) -> bool:
        """Something is booked, open, and not on a ship request yet."""
        return any(each.schedule.open_qty > each.schedule.released_qty for each in self.schedules)

    @property
    def css(self) -> str:
        if any(hold.scope == HoldScope.BOOKING for hold in self.holds):
            return "is-bad"
        return "is-warn" if self.holds else ""


def line_blocks(order: Order, today: dt.date, holds: Iterable[Hold], *, member: Any) -> list[LineBlock]:
    """Outsiders get neither trails nor the tables that only insiders read."""
    related = ["product", "end_buyer", "ship_to"]
    if not member.is_outsider:
        related += ["ship_to__party", "ship_from", "terms__carrier", "terms__re_shipper"]
    lines = OrderLine.objects.filter(order=order).select_related(*related).order_by("line_no")
    schedules: dict[int, list[Schedule]] = defaultdict(list)
    for schedule in Schedule.objects.filter(order=order).order_by("line_id", "number"):
        schedules[schedule.line_id].append(schedule)
    held: dict[int, list[Hold]] = defaultdict(list)
    for hold in holds:
        held[hold.line_id].append(hold)
    return [block(order, line, schedules[line.pk], held[line.pk], today, member) for line in lines]


def block(
    order: Order, line: OrderLine, schedules: list[Schedule], holds: list[Hold], today: dt.date, member: Any
) -> LineBlock:
    is_blanket = order.order_type == OrderType.BLANKET
    rows = [schedule_row(line, schedule, today, is_blanket=is_blanket) for schedule in schedules]
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


def schedule_row(line: OrderLine, schedule: Schedule, today: dt.date, *, is_blanket: bool) -> ScheduleRow:
    state, tone = blanket_state(line, schedule) if is_blanket else state_of(line, schedule, today)
    released = schedule.released_qty if is_blanket else 0
    gone = released or schedule.shipped_qty
    return ScheduleRow(schedule, f"{line.line_no}.{schedule.number}", state, tone, gone, schedule.open_qty - released)


def blanket_state(line: OrderLine, schedule: Schedule) -> tuple[str, str]:
    if line.status in UNBOOKED:
        return "Not booked", "muted"
    left = schedule.open_qty - schedule.released_qty
    if schedule.open_qty and not left:
        return "All released", "good"
    return (f"{left:,} left to release", "") if left else ("Cancelled", "muted")


def state_of(line: OrderLine, schedule: Schedule, today: dt.date) -> tuple[str, str]:
    if line.status in UNBOOKED:
        return "Not booked", "muted"
    if not schedule.open_qty:
        return ("Shipped", "good") if schedule.shipped_qty else ("Cancelled", "muted")
    if schedule.current_commit is None:
        return "No commit", "warn"
    if schedule.current_commit < today:
        return f"Late, {(today - schedule.current_commit).days} days", "bad"
    if schedule.released_qty:
        return f"Released {schedule.released_qty:,}", ""
    return "Committed", ""
