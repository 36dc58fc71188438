from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from orders.actions.context import Occasion
from orders.actions.desk import Desk, open_desk, refresh_order, write
from orders.actions.holds import place_holds
from orders.actions.reserve import reserve
from orders.choices import BOOKING_TYPES, UNBOOKED, HoldKind, HoldScope, LineStatus
from orders.engine.dates import commit
from orders.engine.quantities import book
from orders.engine.state import Event, LineState
from orders.entry.credit import exposure, limit
from orders.entry.hold_rules import HoldFinding
from orders.models import Hold, Order, OrderLine
from parties.models import Party
from pricing.rates import rate_on
from values.money import format_money

# commit dates that come with an entry, by (line number, schedule number)
Commits = dict[tuple[int, int], date]


RESERVED_FIELDS = [
    "status",
    "reserved_qty",
    "unit_price",
    "price_source",
    "price_reason",
    "price_trail",
    "book_price",
    "agreed_cost",
    "agreement_line",
]


@dataclass(frozen=True)
class BookResult:
    order: Order
    booked: int
    held: int


def book_order(
    *,
    order_id: int,
    occasion: Occasion,
    version: int | None = None,
    commits: Commits | None = None,
) -> BookResult:
    """Book every line without an open booking hold, on `occasion.on`; lines on hold stay unbooked.

    `commits` gives the commit dates a file brought, by (line number, schedule number). Raises NoSuchOrder,
    StaleVersion. Booking what is booked already changes nothing.
    """
    desk = open_desk(order_id, version)
    held_ids = lines_on_booking_hold(order_id)
    for line in desk.state.lines:
        if line.status == LineStatus.HELD and line.id not in held_ids:
            line.status = LineStatus.ENTERED
    return book_desk(desk, occasion, commits or {})


def book_desk(desk: Desk, occasion: Occasion, commits: Commits) -> BookResult:
    """Book the entered lines of an order that is on the desk."""
    taken = reserve(desk, [line for line in desk.state.lines if line.status == LineStatus.ENTERED], occasion.at)
    OrderLine.objects.bulk_update(taken.changed, RESERVED_FIELDS)
    Hold.objects.bulk_create(taken.holds, ignore_conflicts=True)
    events = booking_events(desk, taken.ready, occasion, commits)
    if events:
        write(desk, events, occasion, refresh=False)
        hold_for_credit(desk, taken.ready, occasion)
    return finish_booking(desk, taken.ready)


def booking_events(desk: Desk, lines: Sequence[LineState], occasion: Occasion, commits: Commits) -> list[Event]:
    """What booking these lines appends to the ledger; their states change, nothing is written."""
    rate = rate_on(desk.order.currency, desk.tenant.currency, occasion.on)
    events: list[Event] = []
    for line in lines:
        line.booking_rate = rate
        events += book(desk.state, line)
        for schedule in line.schedules:
            promised = commits.get((line.line_no, schedule.number))
            if promised:
                events += commit(desk.state, line, schedule, promised)
    return events


def finish_booking(desk: Desk, booked: Sequence[LineState]) -> BookResult:
    refresh_order(desk.order)
    held = sum(line.status in UNBOOKED for line in desk.state.lines)
    return BookResult(desk.order, len(booked), held)


def lines_on_booking_hold(order_id: int) -> set[int]:
    holds = Hold.objects.filter(order_id=order_id, scope=HoldScope.BOOKING, released_at__isnull=True)
    return set(holds.values_list("line_id", flat=True))


def hold_for_credit(desk: Desk, booked: Sequence[LineState], occasion: Occasion) -> None:
    """Block the release of what was just booked when the bill-to's exposure is over its limit.

    As in the exposure itself, a blanket or a consignment fill owes nothing.
    """
    if desk.order.order_type not in BOOKING_TYPES:
        return
    horizon = occasion.on + timedelta(days=desk.tenant.credit_horizon_days)
    due = [
        line
        for line in booked
        if any((each.current_commit or each.request_date) <= horizon and each.open_value for each in line.schedules)
    ]
    bill_to = Party.objects.get(pk=desk.order.bill_to_id) if due else None
    allowed = limit(bill_to, desk.tenant, occasion.on) if bill_to else None
    if bill_to is None or allowed is None:
        return
    # the order's own cached figure is not written yet, so its due part is added to what the statement finds
    own = sum(each.open_reporting or 0 for line in due for each in line.schedules)
    owed = exposure(bill_to, desk.tenant, occasion.on) + (0 if desk.order.open_value else own)
    if owed <= allowed:
        return
    currency = desk.tenant.currency
    message = f"Exposure {format_money(owed, currency)} is over the limit of {format_money(allowed, currency)}."
    place_holds([(desk.rows[line.id], HoldFinding(HoldKind.CREDIT, message)) for line in due], occasion.at)
