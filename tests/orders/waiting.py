"""Schedules that wait on the desk's worklists."""

import datetime as dt

from orders.actions.move_request import move_request
from orders.actions.set_commit import set_commit
from orders.models import Schedule
from tests.factories.orders import book, line_entry, occasion
from tests.fixtures import NOW, TODAY
from tests.orders.pages import PATH

YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
WORK = PATH + "work/"
SCHEDULES = PATH + "schedules/"
COMMITS, REQUESTS = PATH + "schedules/commits/", PATH + "schedules/requests/"
WHY = {"initiator": "us", "reason_code": "capacity", "reason": "line 4 down"}


def one(world, commit=None, **values):
    """The only schedule of a booked order from some weeks ago."""
    order = book(
        world.by, world.sell_to, line_entry(world.product, 1000, ship_to_id=world.ship_to.pk, **values),
        order_date=TODAY - dt.timedelta(days=30),
    )  # fmt: skip
    schedule = order.schedules.get()
    if commit:
        set_commit(order_id=order.pk, schedule_id=schedule.pk, to=commit, occasion=occasion(world.by))
    return Schedule.objects.get(pk=schedule.pk)


def moved(world, schedule, to, at=NOW):
    move_request(order_id=schedule.order_id, schedule_id=schedule.pk, to=to, occasion=occasion(world.by, at=at))
