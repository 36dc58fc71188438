from orders.actions.blankets import keep_blanket_in_step
from orders.actions.caps import keep_cap_in_step
from orders.actions.context import Occasion
from orders.actions.desk import Desk, open_desk, refresh_order, write
from orders.choices import LineStatus, OrderType
from orders.engine.quantities import cancel
from orders.engine.state import LineState, ScheduleState, VerbRefused
from orders.models import Order, OrderLine

SHORT_CLOSE = "short_close"


def cancel_line(
    *,
    order_id: int,
    line_id: int,
    occasion: Occasion,
    schedule_id: int | None = None,
    quantity: int | None = None,
    line_version: int | None = None,
) -> Order:
    """Cancel what is open of a line, of one schedule, or part of one. A reason code is required.

    Closing the rest of a part-shipped line is a cancel with the code `short_close`. An unbooked line is taken off
    without a ledger row: it never counted. Raises VerbRefused, StaleVersion.
    """
    if not occasion.because.reason_code:
        raise VerbRefused("Say why it is cancelled.", "reason_code")
    if quantity is not None and schedule_id is None:
        raise VerbRefused("Name the schedule of which a part is cancelled.", "schedule")
    desk = open_desk(order_id)
    line = desk.line(line_id, line_version)
    if not line.is_booked:
        return take_off(desk, line, occasion)
    wanted = [each for each in line.schedules if each.open_qty and schedule_id in (None, each.id)]
    parts = [(schedule, quantity or cancellable(desk, schedule)) for schedule in wanted]
    events = [cancel(desk.state, line, schedule, part) for schedule, part in parts if part]
    if not events:
        raise VerbRefused("Nothing is open that could be cancelled.", "line")
    write(desk, events, occasion)
    cancelled = sum(event.quantity_delta for event in events)
    keep_blanket_in_step(desk.order, desk.rows[line_id], cancelled, occasion.on)
    keep_cap_in_step(desk.order, desk.rows[line_id], cancelled)
    return desk.order


def cancellable(desk: Desk, schedule: ScheduleState) -> int:
    """What a blanket has released lives on in the orders that took it; of all others the whole has to be free."""
    return schedule.free_qty if desk.order.order_type == OrderType.BLANKET else schedule.open_qty


def take_off(desk: Desk, line: LineState, occasion: Occasion) -> Order:
    if line.status == LineStatus.CANCELLED:
        raise VerbRefused("The line is cancelled already.", "line")
    row = desk.rows[line.id]
    OrderLine.objects.filter(pk=row.pk).update(status=LineStatus.CANCELLED, version=row.version + 1)
    desk.order.holds.filter(line_id=row.pk, released_at__isnull=True).delete()
    keep_blanket_in_step(desk.order, row, -row.blanket_qty, occasion.on)
    refresh_order(desk.order)
    return desk.order
