"""Verbs that move dates. They never change quantity or value: neither a date move nor a commit is a booking."""

from datetime import date

from orders.choices import Verb
from orders.engine.amounts import tell
from orders.engine.quantities import require_booked
from orders.engine.state import Event, LineState, OrderState, ScheduleState, VerbRefused


def move_request(order: OrderState, line: LineState, schedule: ScheduleState, to: date) -> list[Event]:
    require_open(line, schedule)
    if to == schedule.request_date:
        return []
    was, schedule.request_date = schedule.request_date, to
    return [tell(order, line, schedule, Verb.REQUEST_MOVED, from_date=was, to_date=to)]


def commit(order: OrderState, line: LineState, schedule: ScheduleState, to: date) -> list[Event]:
    """Promise a date. The first promise is frozen as first commit; later ones move the current commit."""
    require_open(line, schedule)
    if schedule.first_commit is None:
        schedule.first_commit = schedule.current_commit = to
        return [tell(order, line, schedule, Verb.COMMIT_SET, to_date=to)]
    if to == schedule.current_commit:
        return []
    was, schedule.current_commit = schedule.current_commit, to
    return [tell(order, line, schedule, Verb.COMMIT_MOVED, from_date=was, to_date=to)]


def require_open(line: LineState, schedule: ScheduleState) -> None:
    require_booked(line)
    if not schedule.open_qty:
        raise VerbRefused("Nothing of this schedule is open any more.", "schedule")
