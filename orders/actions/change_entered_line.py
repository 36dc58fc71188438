from datetime import date
from decimal import Decimal

from orders.actions.blankets import keep_blanket_in_step
from orders.actions.change_quantity import check_package
from orders.actions.context import Occasion
from orders.actions.desk import open_desk
from orders.actions.recheck_order import recheck_order
from orders.engine.state import LineState, VerbRefused
from orders.models import Order, Schedule

CHANGEABLE = ["quantity", "end_buyer", "ship_to", "override_price", "override_reason"]


def change_entered_line(
    *,
    order_id: int,
    line_id: int,
    occasion: Occasion,
    quantity: int | None = None,
    end_buyer_id: int | None = None,
    ship_to_id: int | None = None,
    request_date: date | None = None,
    override_price: Decimal | None = None,
    line_version: int | None = None,
) -> Order:
    """Change a line that is not booked yet, then price, route and check the order again.

    No ledger row is written: the line never counted.

    Raises VerbRefused, StaleVersion.
    """
    desk = open_desk(order_id)
    line = desk.line(line_id, line_version)
    if line.is_booked:
        raise VerbRefused("The line is booked: use the verbs for booked lines.", "line")
    row = desk.rows[line_id]
    if override_price is not None and not occasion.because.note.strip():
        raise VerbRefused("A manual price needs a reason.", "reason")
    if quantity is not None or request_date is not None:
        change_schedule(line_of=line, quantity=quantity, request_date=request_date)
    if quantity is not None:
        keep_blanket_in_step(desk.order, row, quantity - row.quantity, occasion.on)
    row.quantity = quantity or row.quantity
    row.end_buyer_id = end_buyer_id or row.end_buyer_id
    row.ship_to_id = ship_to_id or row.ship_to_id
    if override_price is not None:
        row.override_price, row.override_reason = override_price, occasion.because.note
    row.save(update_fields=CHANGEABLE)
    return recheck_order(order_id=order_id, occasion=occasion)


def change_schedule(*, line_of: LineState, quantity: int | None, request_date: date | None) -> None:
    if len(line_of.schedules) != 1:
        raise VerbRefused("The line has several schedules: cancel it and enter it anew.", "quantity")
    schedule = line_of.schedules[0]
    if quantity is not None:
        check_package(line_of, schedule, quantity)
    Schedule.objects.filter(line_id=line_of.id, number=schedule.number).update(
        quantity=quantity or schedule.quantity, request_date=request_date or schedule.request_date
    )
