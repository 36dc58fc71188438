from datetime import date

from orders.actions.context import Occasion
from orders.actions.desk import open_desk, write
from orders.actions.order_types import require_type
from orders.choices import SHIPPING_TYPES
from orders.engine.dates import commit
from orders.engine.state import VerbRefused
from orders.models import Order


def set_commit(
    *, order_id: int, schedule_id: int, to: date, occasion: Occasion, line_version: int | None = None
) -> Order:
    """Promise a date for one schedule, or move the promise. Raises VerbRefused, StaleVersion."""
    desk = open_desk(order_id)
    require_type(desk.order, SHIPPING_TYPES, "a blanket order is not promised, its releases are.")
    line = desk.line(desk.state.line_of(schedule_id).id, line_version)
    if to < desk.order.order_date:
        raise VerbRefused(f"A commit before the order date {desk.order.order_date} cannot be.", "commit_date")
    write(desk, commit(desk.state, line, line.schedule(schedule_id), to), occasion)
    return desk.order
