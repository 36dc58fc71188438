"""Dates of many schedules at once: shown first, changed together, by a job where they are very many."""

import datetime as dt
import re
import uuid

import pytest

from jobs.files import open_file
from jobs.handle import JobHandle
from jobs.models import GeneratedFile, JobRequest
from orders import worklists
from orders.actions import change_dates_in_parts
from orders.actions.change_dates_in_parts import Seen
from orders.actions.change_quantity import change_quantity
from orders.handlers import date_changes
from orders.models import Order, OrderLedger, OrderLine, Schedule
from parties.models import Party
from tests.factories.orders import book, line_entry, occasion
from tests.fixtures import NOW, TODAY
from tests.orders.pages import PATH, body
from tests.orders.waiting import COMMITS, REQUESTS, SCHEDULES, TOMORROW, WHY, WORK, YESTERDAY, moved, one

pytestmark = pytest.mark.usefixtures("noon")


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
