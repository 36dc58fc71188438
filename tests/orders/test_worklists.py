"""The desk's worklists: what stands on each, how many, by which index."""

import datetime as dt
import re

import pytest

from orders import worklists
from orders.actions.set_commit import set_commit
from orders.choices import HoldKind, HoldScope, OrderType
from orders.models import Hold, Schedule
from tenancy.choices import Role
from tests.factories.orders import book, line_entry, occasion
from tests.factories.tenancy import make_member
from tests.fixtures import NOW, TODAY
from tests.orders.pages import body
from tests.orders.waiting import TOMORROW, WORK, YESTERDAY, moved, one
from ui.keyset import Ordering, slice_of

pytestmark = pytest.mark.usefixtures("noon")


def hold(schedule, scope=HoldScope.SHIPPING):
    kind = HoldKind.CREDIT if scope == HoldScope.SHIPPING else HoldKind.PRICE_DIFFERS
    return Hold.objects.create(
        order_id=schedule.order_id, line_id=schedule.line_id, kind=kind, scope=scope, message="why", placed_at=NOW
    )


def test_each_schedule_stands_where_it_waits(world):
    none, late, today, tomorrow, held = (
        one(world), one(world, YESTERDAY), one(world, TODAY), one(world, TOMORROW), one(world, YESTERDAY),
    )  # fmt: skip
    hold(held)
    released = one(world, TODAY)
    Schedule.objects.filter(pk=released.pk).update(released_qty=1000)
    cancelled = one(world)
    Schedule.objects.filter(pk=cancelled.pk).update(open_qty=0, open_value=0)
    assert set(worklists.without_commit()) == {none}
    assert set(worklists.past_due(TODAY)) == {late, held}
    assert set(worklists.release_due(TODAY)) == {late, today}
    assert tomorrow in worklists.open_schedules()
    assert {row.line_id for row in worklists.held()} == {held.line_id}


def test_a_blanket_waits_for_nothing(world):
    line = line_entry(world.product, 1000, ship_to_id=world.ship_to.pk)
    book(world.by, world.sell_to, line, order_type=OrderType.BLANKET)
    assert not worklists.without_commit().exists()


def commit(world, schedule, to):
    set_commit(order_id=schedule.order_id, schedule_id=schedule.pk, to=to, occasion=occasion(world.by))


def waiting():
    return [row.schedule_id for row in worklists.requests_moved(NOW).order_by("pk")]


def test_a_moved_request_waits_until_a_commit_answers_it(world):
    schedule = one(world, TOMORROW)
    moved(world, schedule, dt.date(2027, 2, 1))
    moved(world, schedule, dt.date(2027, 3, 1))
    assert waiting() == [schedule.pk]
    commit(world, schedule, dt.date(2027, 3, 5))
    assert waiting() == []


def test_a_move_to_the_day_that_is_promised_asks_for_nothing(world):
    schedule = one(world, dt.date(2027, 2, 1))
    moved(world, schedule, dt.date(2027, 2, 1))
    assert waiting() == []


def test_a_move_of_long_ago_or_of_what_is_gone_is_history(world):
    old, gone = one(world), one(world)
    moved(world, old, dt.date(2027, 2, 1), at=NOW - dt.timedelta(days=91))
    moved(world, gone, dt.date(2027, 2, 1))
    Schedule.objects.filter(pk=gone.pk).update(open_qty=0, open_value=0)
    assert waiting() == []


def test_pages_show_their_rows_and_the_counts_of_all(desk_client, world):
    none, late = one(world), one(world, YESTERDAY)
    hold(late)
    moved(world, late, dt.date(2027, 2, 1))
    page = body(desk_client.get(WORK))
    assert "Without commit 1 Past due 1 Held 1 Requests moved 1 Releases due 0" in page
    numbers = {name: body(desk_client.get(WORK + name)) for name in ("", "past-due/", "moved/", "releases/")}
    assert none.order.number in numbers[""]
    assert late.order.number in numbers["past-due/"]
    assert "14 Jan 27 01 Feb 27 +18 22 Nov 2026 Customer" in numbers["moved/"].replace("Us", "Customer")
    assert "Nothing waits to be released" in numbers["releases/"]


@pytest.mark.parametrize("role", [Role.DOCK, Role.PARTNER])
def test_outsiders_have_no_worklists(client, world, role):
    client.force_login(make_member(role, party_id=world.sell_to.pk).user)
    assert client.get(WORK).status_code == 403


# indexes --------------------------------------------------------------------------------------------------------


def plan(queryset, ordering):
    """Of the rows of a page; what they name is joined when they are found."""
    return ordering.applied_to(queryset)[:51].explain()


@pytest.mark.parametrize(
    ("rows", "fields", "index"),
    [
        (worklists.open_schedules, ("request_date", "pk"), "schedule_by_request"),
        (worklists.without_commit, ("request_date", "pk"), "schedule_(open|by_request)"),
        (lambda: worklists.past_due(TODAY), ("current_commit", "order_id", "pk"), "schedule_open"),
        (lambda: worklists.release_due(TODAY), ("current_commit", "order_id", "pk"), "schedule_open"),
        (lambda: worklists.requests_moved(NOW), ("recorded_at", "pk"), "ledger_request_moves"),
    ],
)
def test_an_index_serves_each_list(thousands, rows, fields, index):
    found = plan(rows(), Ordering(fields))
    assert re.search(f"using {index}|on {index}", found, re.IGNORECASE), found


def test_lists_turn_pages_by_their_key(thousands):
    ordering, late = Ordering(("current_commit", "order_id", "pk")), worklists.past_due(TODAY)
    seen, token = [], ""
    while token is not None:
        page = slice_of(late, ordering, token=token, size=200)
        seen += [row.pk for row in page.rows]
        token = page.older
    assert seen == list(ordering.applied_to(late).values_list("pk", flat=True))
    assert len(seen) == late.count() == len(set(seen))
