from datetime import date

from orders.actions.context import Occasion
from orders.actions.desk import open_desk, write
from orders.engine import dates
from orders.engine.quantities import split
from orders.models import Schedule


def split_schedule(
    *,
    order_id: int,
    schedule_id: int,
    quantity: int,
    occasion: Occasion,
    request_date: date | None = None,
    line_version: int | None = None,
) -> Schedule:
    """Move part of a schedule to a new one, with the same dates unless `request_date` asks for another.

    Neither bookings nor backlog change. Raises VerbRefused, StaleVersion.
    """
    desk = open_desk(order_id)
    line = desk.line(desk.state.line_of(schedule_id).id, line_version)
    child, events = split(desk.state, line, line.schedule(schedule_id), quantity)
    if request_date:
        events += dates.move_request(desk.state, line, child, request_date)
    write(desk, events, occasion)
    return Schedule.objects.get(line_id=line.id, number=child.number)
