"""Verbs that change how much is ordered: book, increase, decrease, cancel, split, re-price, transfer."""

from decimal import Decimal

from orders.choices import LineStatus, OrderType, Verb
from orders.engine.amounts import Amounts, added_value, in_reporting, move, part_of, tell
from orders.engine.state import Event, LineState, OrderState, ScheduleState, VerbRefused
from values.money import line_value, spread


def book(order: OrderState, line: LineState) -> list[Event]:
    """Open every schedule; the line's rounded value is spread over them so that they sum to it exactly."""
    if line.is_booked:
        raise VerbRefused(f"Line {line.line_no} is booked already.", "line")
    if line.unit_price is None:
        raise VerbRefused(f"Line {line.line_no} has no price.", "price")
    quantities = [schedule.quantity for schedule in line.schedules]
    value = line_value(sum(quantities), line.unit_price, order.currency)
    reporting = in_reporting(order, line, value)
    values = spread(value, quantities)
    reportings = [None] * len(quantities) if reporting is None else spread(reporting, quantities)
    amounts = [Amounts(*each) for each in zip(quantities, values, reportings, strict=True)]
    line.status = LineStatus.BOOKED
    return [
        move(order, line, schedule, Verb.BOOKED, each, to_date=schedule.request_date)
        for schedule, each in zip(line.schedules, amounts, strict=True)
    ]


def increase(order: OrderState, line: LineState, schedule: ScheduleState, quantity: int) -> Event:
    require_booked(line)
    require_positive(quantity)
    amounts = added_value(order, line, quantity)
    schedule.quantity += quantity
    line.status = LineStatus.BOOKED
    return move(order, line, schedule, Verb.QTY_INCREASED, amounts)


def decrease(order: OrderState, line: LineState, schedule: ScheduleState, quantity: int) -> Event:
    return reduce_open(order, line, schedule, quantity, Verb.QTY_DECREASED)


def cancel(order: OrderState, line: LineState, schedule: ScheduleState, quantity: int) -> Event:
    return reduce_open(order, line, schedule, quantity, Verb.CANCELLED)


def reduce_open(order: OrderState, line: LineState, schedule: ScheduleState, quantity: int, verb: Verb) -> Event:
    require_booked(line)
    require_positive(quantity)
    require_free(order, schedule, quantity)
    schedule.quantity -= quantity
    event = move(order, line, schedule, verb, part_of(schedule, quantity).negative())
    close_when_done(line)
    return event


def split(
    order: OrderState, line: LineState, schedule: ScheduleState, quantity: int
) -> tuple[ScheduleState, list[Event]]:
    """Move `quantity` to a new schedule that inherits the request date and both commits."""
    require_booked(line)
    require_positive(quantity)
    require_free(order, schedule, quantity)
    if quantity >= schedule.quantity:
        raise VerbRefused(f"A split leaves something behind: at most {schedule.quantity - 1}.", "quantity")
    child = ScheduleState(
        id=None,
        number=max(each.number for each in line.schedules) + 1,
        quantity=quantity,
        request_date=schedule.request_date,
        open_reporting=None if schedule.open_reporting is None else 0,
        first_commit=schedule.first_commit,
        current_commit=schedule.current_commit,
        split_from=schedule.id,
        date_basis=schedule.date_basis,
    )
    part = part_of(schedule, quantity)
    schedule.quantity -= quantity
    line.schedules.append(child)
    return child, [
        move(order, line, schedule, Verb.SPLIT, part.negative()),
        move(order, line, child, Verb.SPLIT, part, to_date=child.request_date),
    ]


def change_price(order: OrderState, line: LineState, unit_price: Decimal) -> list[Event]:
    """Re-value the open quantity at the new price; what has shipped keeps its value."""
    require_booked(line)
    if unit_price < 0:
        raise VerbRefused("A price cannot be negative.", "price")
    line.unit_price = unit_price
    open_schedules = [schedule for schedule in line.schedules if schedule.open_qty]
    quantities = [schedule.open_qty for schedule in open_schedules]
    value = line_value(sum(quantities), unit_price, order.currency)
    reporting = in_reporting(order, line, value)
    values = spread(value, quantities)
    reportings = [None] * len(quantities) if reporting is None else spread(reporting, quantities)
    events = []
    for schedule, new_value, new_reporting in zip(open_schedules, values, reportings, strict=True):
        change = None if new_reporting is None else new_reporting - (schedule.open_reporting or 0)
        amounts = Amounts(0, new_value - schedule.open_value, change)
        events.append(move(order, line, schedule, Verb.PRICE_CHANGED, amounts))
    return events


def transfer(
    order: OrderState, line: LineState, *, end_buyer_id: int | None, sell_to_id: int | None = None
) -> list[Event]:
    """Give the open quantity to another end buyer (or sell-to): two rows a schedule that sum to zero."""
    require_booked(line)
    old = {"sell_to_id": order.sell_to_id, "end_buyer_id": line.end_buyer_id}
    new = {"sell_to_id": sell_to_id or order.sell_to_id, "end_buyer_id": end_buyer_id}
    if old == new:
        raise VerbRefused("The line belongs to this party already.", "end_buyer")
    events = []
    for schedule in line.schedules:
        if not schedule.open_qty:
            continue
        whole = Amounts(schedule.open_qty, schedule.open_value, schedule.open_reporting)
        events.append(tell(order, line, schedule, Verb.TRANSFERRED, whole.negative(), **old))
        events.append(tell(order, line, schedule, Verb.TRANSFERRED, whole, **new))
    if not events:
        raise VerbRefused("Nothing of this line is open.", "end_buyer")
    line.end_buyer_id = end_buyer_id
    return events


def require_booked(line: LineState) -> None:
    if not line.is_booked:
        raise VerbRefused(f"Line {line.line_no} is not booked.", "line")


def require_positive(quantity: int) -> None:
    if quantity <= 0:
        raise VerbRefused("The quantity must be more than 0.", "quantity")


def require_free(order: OrderState, schedule: ScheduleState, quantity: int) -> None:
    if quantity > schedule.open_qty:
        raise VerbRefused(f"Only {schedule.open_qty:,} are open.", "quantity")
    if quantity > schedule.free_qty and order.order_type == OrderType.BLANKET:
        raise VerbRefused(f"{schedule.released_qty:,} of {schedule.open_qty:,} are released.", "quantity")
    if quantity > schedule.free_qty:
        raise VerbRefused(
            f"{schedule.released_qty:,} of {schedule.open_qty:,} stand on a ship request: cancel or revise it first.",
            "quantity",
        )


def close_when_done(line: LineState) -> None:
    if line.open_qty == 0:
        line.status = LineStatus.SHIPPED if line.shipped_qty else LineStatus.CANCELLED
