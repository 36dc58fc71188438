"""Verbs of goods and bills: ship, undo a shipment, invoice, credit."""

from datetime import date

from orders.choices import LineStatus, Verb
from orders.engine.amounts import Amounts, move, part_of, tell
from orders.engine.quantities import close_when_done, increase, require_booked, require_positive
from orders.engine.state import Event, LineState, OrderState, ScheduleState, VerbRefused


def ship(order: OrderState, line: LineState, schedule: ScheduleState, quantity: int, on: date) -> list[Event]:
    """Take shipped goods from backlog. An over-shipment first books the excess."""
    require_booked(line)
    require_positive(quantity)
    events = []
    if quantity > schedule.open_qty:
        events.append(increase(order, line, schedule, quantity - schedule.open_qty))
    part = part_of(schedule, quantity)
    schedule.shipped_qty += quantity
    schedule.released_qty = max(0, schedule.released_qty - quantity)
    # shipments may be told out of their order
    schedule.ship_date = max(on, schedule.ship_date or on)
    events.append(move(order, line, schedule, Verb.SHIPPED, part.negative(), to_date=on))
    close_when_done(line)
    return events


def unship(order: OrderState, line: LineState, schedule: ScheduleState, shipped: Amounts) -> Event:
    """Bring back exactly what one shipment took, value included."""
    require_positive(shipped.quantity)
    if shipped.quantity > schedule.shipped_qty:
        raise VerbRefused(f"Only {schedule.shipped_qty:,} have shipped.", "quantity")
    schedule.shipped_qty -= shipped.quantity
    if not schedule.shipped_qty:
        schedule.ship_date = None
    line.status = LineStatus.BOOKED
    return move(order, line, schedule, Verb.UNSHIPPED, shipped)


def invoice(order: OrderState, line: LineState, schedule: ScheduleState, billed: Amounts) -> Event:
    """Tell a billing (positive) or a credit (negative). Backlog does not move."""
    verb = Verb.INVOICED if billed.value >= 0 and billed.quantity >= 0 else Verb.CREDITED
    return tell(order, line, schedule, verb, billed)
