from datetime import date

from orders.actions.context import Occasion
from orders.actions.desk import open_desk, write
from orders.engine import dates
from orders.engine.state import VerbRefused
from orders.models import Order


def move_request(
    *, order_id: int, schedule_id: int, to: date, occasion: Occasion, line_version: int | None = None
) -> Order:
    """Move the customer's request date of one schedule. Raises VerbRefused, StaleVersion."""
    desk = open_desk(order_id)
    line = desk.line(desk.state.line_of(schedule_id).id, line_version)
    if to < desk.order.order_date:
        raise VerbRefused(f"A request before the order date {desk.order.order_date} cannot be.", "request_date")
    write(desk, dates.move_request(desk.state, line, line.schedule(schedule_id), to), occasion)
    return desk.order
