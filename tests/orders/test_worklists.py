"""The desk's worklists: what stands on each, how many, by which index; and dates of many rows at once."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection

from jobs.files import open_file
from jobs.handle import JobHandle
from jobs.models import GeneratedFile, JobRequest
from orders import worklists
from orders.actions import change_dates_in_parts
from orders.actions.change_dates_in_parts import Seen
from orders.actions.change_quantity import change_quantity
from orders.actions.move_request import move_request
from orders.actions.set_commit import set_commit
from orders.choices import HoldKind, HoldScope, OrderType
from orders.handlers import date_changes
from orders.models import Hold, Order, OrderLedger, OrderLine, Schedule
from parties.models import Party
from tenancy.choices import Role
from tests.factories.orders import book, line_entry, occasion
from tests.factories.tenancy import make_member
from tests.fixtures import NOW, TODAY
from tests.orders.pages import PATH, body
from ui.keyset import Ordering, slice_of

pytestmark = pytest.mark.usefixtures("noon")

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


def moved(world, schedule, to, at=NOW):
    move_request(order_id=schedule.order_id, schedule_id=schedule.pk, to=to, occasion=occasion(world.by, at=at))


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


@pytest.fixture
def thousands(world):
    """1,500 orders of four schedules each: a tenth open, one in twenty of these without commit; moves of the open."""
    orders = Order.objects.bulk_create(
        Order(
            number=f"SO-26-9{number:05}", sell_to=world.sell_to, bill_to=world.sell_to, customer_po="PO",
            customer_po_key="PO", currency="USD", order_date=TODAY, entered_at=NOW, status="booked",
        )
        for number in range(1500)
    )  # fmt: skip
    lines = OrderLine.objects.bulk_create(
        OrderLine(order=order, line_no=1, product=world.product, quantity=20, unit_price=1, status="booked")
        for order in orders
    )
    days = [TODAY + dt.timedelta(days=number % 400 - 380) for number in range(6000)]
    made = Schedule.objects.bulk_create(
        Schedule(
            order_id=lines[number // 4].order_id, line=lines[number // 4], number=number % 4 + 1, quantity=5,
            open_qty=5 * (number % 10 == 0), request_date=day, current_commit=None if number % 200 == 0 else day,
        )
        for number, day in enumerate(days)
    )  # fmt: skip
    OrderLedger.objects.bulk_create(
        OrderLedger(
            order_id=each.order_id, line_id=each.line_id, schedule=each, business_date=TODAY, event_date=TODAY,
            verb="request_moved" if number % 20 == 10 else "commit_set",
            recorded_at=NOW - dt.timedelta(hours=number), open_qty=5, open_value=0, unit_price=1, currency="USD",
            order_type="standard", sell_to=world.sell_to, product=world.product, initiator="us",
        )
        for number, each in enumerate(made)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE orders_schedule")
        cursor.execute("ANALYZE orders_orderledger")
        cursor.execute("ANALYZE orders_order")
        cursor.execute("ANALYZE orders_orderline")
    return made


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


# dates of many --------------------------------------------------------------------------------------------------


def picked(client, url, rows, at=SCHEDULES, **values):
    return client.post(url, {"row": [row.pk for row in rows], "at": at, **values})


def seen(response):
    return re.findall(r'name="seen" value="([^"]+)"', response.content.decode())


def send(client, url, shown, click="", **values):
    return client.post(url, {"seen": seen(shown), "at": SCHEDULES, "click": click, **WHY, **values})


def commits():
    return list(Schedule.objects.order_by("pk").values_list("current_commit", flat=True))


def test_picked_rows_are_shown_and_promised_together(desk_client, world):
    rows = [one(world), one(world, YESTERDAY), one(world)]
    shown = picked(desk_client, COMMITS, rows[:2])
    assert len(seen(shown)) == 2
    assert rows[0].order.number in body(shown)
    done = body(send(desk_client, COMMITS, shown, to="2027-02-01"))
    assert "2 of 2 changed." in done
    assert commits() == [dt.date(2027, 2, 1), dt.date(2027, 2, 1), None]
    told = OrderLedger.objects.order_by("-pk")[:2]
    assert {(row.verb, row.reason_code, row.note) for row in told} == {
        ("commit_moved", "capacity", "line 4 down"), ("commit_set", "capacity", "line 4 down"),
    }  # fmt: skip


def test_dates_as_requested_or_by_days(desk_client, world):
    rows = [one(world, YESTERDAY), one(world)]
    done = body(send(desk_client, COMMITS, picked(desk_client, COMMITS, rows), days="7"))
    assert "1 of 2 changed." in done
    assert "It has no date to count from." in done
    assert commits() == [YESTERDAY + dt.timedelta(days=7), None]
    send(desk_client, COMMITS, picked(desk_client, COMMITS, rows), as_requested="on")
    assert commits() == [dt.date(2027, 1, 14)] * 2


def test_requests_move_together_and_two_of_one_line_too(desk_client, world):
    parts = ((400, dt.date(2027, 1, 14), None), (600, dt.date(2027, 2, 14), None))
    order = book(world.by, world.sell_to, line_entry(world.product, 1000, ship_to_id=world.ship_to.pk, schedules=parts))
    rows = list(order.schedules.all())
    done = body(send(desk_client, REQUESTS, picked(desk_client, REQUESTS, rows), days="-3", initiator="customer"))
    assert "2 of 2 changed." in done
    found = order.schedules.order_by("request_date").values_list("request_date", flat=True)
    assert list(found) == [dt.date(2027, 1, 11), dt.date(2027, 2, 11)]


def test_each_row_says_what_became_of_it(desk_client, world):
    same, stale, good, early = (one(world, TOMORROW), one(world), one(world), one(world))
    Order.objects.filter(pk=early.order_id).update(order_date=dt.date(2027, 1, 1))
    shown = picked(desk_client, COMMITS, [same, stale, good, early])
    changed = {"schedule_id": stale.pk, "quantity": 900}
    change_quantity(order_id=stale.order_id, occasion=occasion(world.by), line_version=None, **changed)
    done = body(send(desk_client, COMMITS, shown, to=TOMORROW.isoformat()))
    assert "1 of 4 changed." in done
    assert "was so already" in done
    assert "was changed meanwhile" in done
    assert "A commit before the order date" in done
    assert commits() == [TOMORROW, None, TOMORROW, None]


def test_the_same_click_twice_changes_once(desk_client, world):
    shown = picked(desk_client, COMMITS, [one(world, TOMORROW)])
    click = str(uuid.uuid4())
    send(desk_client, COMMITS, shown, click=click, days="5")
    again = send(desk_client, COMMITS, shown, click=click, days="5")
    assert (again.status_code, again.url) == (302, SCHEDULES)
    assert commits() == [TOMORROW + dt.timedelta(days=5)]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, "Say one"),
        ({"to": "2027-02-01", "days": "3"}, "Say one"),
        ({"to": "soon"}, "is not a day"),
        ({"days": "100000"}, "less than or equal to 730"),
    ],
)
def test_what_is_wrong_is_told_and_the_rows_stay(desk_client, world, given, error):
    shown = picked(desk_client, COMMITS, [one(world)])
    answer = send(desk_client, COMMITS, shown, **given)
    assert answer.status_code == 422
    assert seen(answer) == seen(shown)
    assert error in body(answer) or "14 Jan 2027" in body(answer)
    assert commits() == [None]


def test_all_that_a_filter_leaves_are_picked(desk_client, world):
    mine, other = one(world), one(world, end_buyer_id=world.a.pk)
    shown = desk_client.post(COMMITS, {"all": "1", "at": f"{WORK}?part=AUR-1"})
    assert len(seen(shown)) == 2
    none = desk_client.post(COMMITS, {"all": "1", "at": f"{WORK}?part=NO"})
    assert "No rows were picked." in body(none)
    assert {mine.pk, other.pk} == {int(key.partition(":")[0]) for key in seen(shown)}


def handed(response):
    """The hidden fields of a page that shows the first of very many."""
    found = re.findall(r'<input type="hidden" name="(all|many|click)" value="([^"]*)"', response.content.decode())
    return dict(found)


def done_by_worker(told):
    asked = JobRequest.objects.get()
    return date_changes(
        JobHandle(
            id=asked.pk, tenant_id=asked.tenant_id, kind=asked.kind, payload=asked.payload,
            requested_by_id=asked.requested_by_id, party_id=None, attempt=1, max_attempts=1, at=NOW,
            report=lambda *words: told.append(words),
        )
    )  # fmt: skip


def test_very_many_are_changed_by_a_job(desk_client, thousands, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    late = WORK + "past-due/"
    rows = dict(worklists.past_due(TODAY).values_list("pk", "current_commit"))
    shown = desk_client.post(COMMITS, {"all": "1", "at": late})
    assert f"All {len(rows)} that match are changed" in body(shown)
    assert (handed(shown)["many"], seen(shown)) == (str(len(rows)), [])
    answers = [desk_client.post(COMMITS, {**handed(shown), **WHY, "at": late, "days": "400"}) for _ in range(2)]
    asked = JobRequest.objects.get()
    assert {answer.url for answer in answers} == {f"/aurora/jobs/{asked.pk}/"}
    # one was worked off meanwhile, one is promised before its order came in
    OrderLine.objects.filter(schedules__pk=min(rows)).update(version=7)
    early = Schedule.objects.get(pk=max(rows))
    Order.objects.filter(pk=early.order_id).update(order_date=dt.date(2028, 1, 1))
    told = []
    result = done_by_worker(told)
    assert result["summary"] == f"{len(rows) - 2} of {len(rows)} changed, 2 refused: the file says why"
    assert [words[:2] for words in told] == [(0, len(rows)), (len(rows), len(rows))]
    with open_file(GeneratedFile.objects.get(pk=result["file_id"])) as stored:
        file = stored.read().decode("utf-8-sig")
    assert "was changed meanwhile (you saw version 1, it is at 7)" in file
    assert "A commit before the order date 2028-01-01 cannot be." in file
    now = dict(Schedule.objects.filter(pk__in=rows).values_list("pk", "current_commit"))
    moved_on = {pk: day + dt.timedelta(days=400) for pk, day in rows.items()}
    assert now == {**moved_on, min(rows): rows[min(rows)], max(rows): rows[max(rows)]}


def test_very_many_are_not_changed_when_the_list_is_another_by_now(desk_client, thousands):
    late = WORK + "past-due/"
    shown = desk_client.post(COMMITS, {"all": "1", "at": late})
    gone = worklists.past_due(TODAY)[0]
    Schedule.objects.filter(pk=gone.pk).update(open_qty=0)
    again = desk_client.post(COMMITS, {**handed(shown), **WHY, "at": late, "days": "400"})
    wrong = desk_client.post(COMMITS, {**handed(again), **WHY, "at": late})
    assert (again.status_code, wrong.status_code) == (422, 422)
    assert "The list has changed meanwhile" in body(again)
    assert "Say one" in body(wrong)
    assert not JobRequest.objects.exists()


def test_parts_are_whole_orders(monkeypatch):
    monkeypatch.setattr(change_dates_in_parts, "PART", 2)
    rows = [Seen(pk, order, order, TODAY, None) for pk, order in ((5, 2), (1, 1), (2, 1), (3, 1), (4, 2), (6, 3))]
    assert [[row.id for row in part] for part in change_dates_in_parts.parts(rows)] == [[1, 2, 3], [4, 5], [6]]


def test_picked_moves_stand_for_their_schedules(desk_client, world):
    schedule = one(world, TOMORROW)
    moved(world, schedule, dt.date(2027, 2, 1))
    row = worklists.requests_moved(NOW).get()
    shown = picked(desk_client, COMMITS, [row], at=WORK + "moved/")
    assert seen(shown) == [f"{schedule.pk}:{OrderLine.objects.get().version}"]


@pytest.mark.parametrize(
    "at", ["", "/aurora/orders/", "/kestrel/orders/work/", "https://evil.example/", PATH + "holds/"]
)
def test_rows_of_no_such_list_are_not_picked(desk_client, world, at):
    answer = picked(desk_client, COMMITS, [one(world)], at=at)
    assert (answer.status_code, answer.url) == (302, PATH + "schedules/")


def test_rows_of_another_tenant_are_not_there(desk_client, world, kestrel):
    shown = picked(desk_client, COMMITS, [])
    answer = desk_client.post(COMMITS, {"seen": ["999999:1", "x", "1:x"], "at": WORK, **WHY, "to": "2027-02-01"})
    assert seen(shown) == []
    assert answer.status_code == 302
    assert Party.objects.exists()
