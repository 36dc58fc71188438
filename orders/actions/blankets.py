"""Order lines and the blanket lines they release from: taken at the release, kept in step with changes, given back.

The order is locked before its blanket and the blanket before the caps of agreements, always in this sequence.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import F

from orders.actions.desk import Desk, open_desk, refresh_order, write_lines, write_schedules
from orders.choices import OrderStatus, OrderType
from orders.engine.blankets import call_off, give_back
from orders.engine.state import LineState, VerbRefused
from orders.models import Order, OrderLine


class NotReleasable(VerbRefused):
    """The order is no blanket, or none that may be released from on that day."""


def check_releasable(blanket: Order, on: date) -> None:
    if blanket.order_type != OrderType.BLANKET:
        raise NotReleasable(f"{blanket.number} is no blanket order.")
    if blanket.status == OrderStatus.CANCELLED:
        raise NotReleasable(f"{blanket.number} is cancelled.")
    if on < blanket.order_date:
        raise NotReleasable(f"{blanket.number} starts on {blanket.order_date:%d %b %Y}.")
    if blanket.valid_to and on > blanket.valid_to:
        raise NotReleasable(f"{blanket.number} ended on {blanket.valid_to:%d %b %Y}.")


def write_taken(desk: Desk, lines: Sequence[LineState]) -> None:
    """Write what was taken from or given back to these lines of a blanket; versions rise as with any change."""
    write_schedules([schedule for line in lines for schedule in line.schedules])
    write_lines(lines, None)
    refresh_order(desk.order)


def keep_blanket_in_step(order: Order, row: OrderLine, quantity_delta: int, on: date) -> None:
    """A line that releases from a blanket changed its quantity: take the increase or give back the decrease.

    Raises VerbRefused when the blanket has not so much left, or may not be released from any more.
    """
    if row.blanket_line_id is None or order.blanket_id is None:
        return
    taken = max(quantity_delta, -row.blanket_qty)
    if not taken:
        return
    desk = open_desk(order.blanket_id)
    line = desk.state.line(row.blanket_line_id)
    if taken > 0:
        check_releasable(desk.order, on)
        call_off(line, taken)
    else:
        give_back(line, -taken)
    write_taken(desk, [line])
    OrderLine.objects.filter(pk=row.pk).update(blanket_qty=F("blanket_qty") + taken)
