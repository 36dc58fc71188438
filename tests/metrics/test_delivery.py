"""Classes of delivery performance: cases worked out by hand, and random stories against the slow oracle."""

import datetime as dt
import random

import pytest

from metrics.reports.delivery_performance import BASES, Question, delivery_performance
from metrics.reports.delivery_performance.query import Deliveries
from orders.actions.cancel_line import cancel_line
from orders.actions.move_request import move_request
from orders.actions.set_commit import set_commit
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.actions.split_schedule import split_schedule
from orders.engine.state import VerbRefused
from orders.models import Schedule
from parties.models import Party
from tenancy.scope import tenant_scope
from tests.factories.parties import make_location, make_party
from tests.metrics.delivery_oracle import outcome, tell
from tests.metrics.delivery_story import on, told_order
from tests.metrics.writer import make_slot

NOBODY = {"sell_tos": None, "end_buyers": None, "products": None, "sites": None}
EVERY = ["on_time", "late", "too_early", "pending", "uncommitted", "excluded"]


def day(month, number, year=2026):
    return dt.date(year, month, number)


BOOKED = day(9, 1)


def commit(schedule, to, when, initiator="us"):
    set_commit(order_id=schedule.order_id, schedule_id=schedule.pk, to=to, occasion=on(when, initiator))


def ship(schedule, quantity, when):
    ship_schedules(order_id=schedule.order_id, parts=[ShipPart(schedule.pk, quantity)], occasion=on(when))


def cancel(schedule, quantity, when):
    cancel_line(
        order_id=schedule.order_id,
        line_id=schedule.line_id,
        schedule_id=schedule.pk,
        quantity=quantity,
        occasion=on(when),
    )


def rows_of(as_of):
    """(schedule, basis) → row of the list."""
    deliveries = Deliveries(as_of, day(1, 1), day(12, 31), NOBODY)
    found = {}
    for basis in BASES:
        for row in deliveries.schedules(
            basis=basis, outcomes=EVERY, is_unshipped=False, moves_from=None, moves_to=None,
            after_date=dt.date.min, after_id=0, is_worst_first=False, size=None,
        ):  # fmt: skip
            if row["schedule_id"] is not None:
                found[row["schedule_id"], basis] = row
    return found


def classes(schedule, as_of):
    """Of request, first commit and current commit."""
    rows = rows_of(as_of)
    return tuple(rows[schedule.pk, basis]["outcome"] if (schedule.pk, basis) in rows else None for basis in BASES)


def test_the_three_bases_have_each_their_own_answer(cast):
    one = told_order(cast, 10, day(10, 5), day=BOOKED)
    commit(one, day(10, 12), day(9, 2))
    commit(one, day(10, 19), day(9, 20))
    ship(one, 10, day(10, 15))
    # asked for Monday the 5th, promised the 12th, then the 19th: three business days early is Wednesday the 14th
    assert classes(one, day(11, 1)) == ("late", "late", "on_time")


def test_a_recommit_after_the_miss_leaves_the_miss(cast):
    one = told_order(cast, 10, day(10, 12), day=BOOKED)
    commit(one, day(10, 12), day(9, 2))
    commit(one, day(10, 20), day(10, 13))
    commit(one, day(10, 30), day(10, 15))
    ship(one, 10, day(10, 20))
    row = rows_of(day(11, 1))[one.pk, "current_commit"]
    assert (row["outcome"], row["due_on"], row["moves"], row["days_late"]) == ("late", day(10, 12), 2, 6)


def test_a_recommit_on_the_very_day_moves_the_date(cast):
    one = told_order(cast, 10, day(10, 12), day=BOOKED)
    commit(one, day(10, 12), day(9, 2))
    commit(one, day(10, 20), day(10, 12))
    ship(one, 10, day(10, 20))
    assert classes(one, day(11, 1)) == ("late", "late", "on_time")
    # as of the day before nobody knew of the move
    assert rows_of(day(10, 11))[one.pk, "current_commit"]["due_on"] == day(10, 12)


def test_as_of_a_day_nothing_later_is_known(cast):
    one = told_order(cast, 10, day(10, 12), day=BOOKED)
    assert classes(one, day(8, 31)) == (None, None, None)
    commit(one, day(10, 14), day(9, 10))
    move_request(order_id=one.order_id, schedule_id=one.pk, to=day(10, 20), occasion=on(day(9, 15)))
    ship(one, 4, day(10, 1))
    ship(one, 6, day(10, 15))
    assert classes(one, day(9, 9)) == ("pending", "uncommitted", "uncommitted")
    assert rows_of(day(9, 12))[one.pk, "request"]["request_date"] == day(10, 12)
    assert classes(one, day(10, 14)) == ("pending", "pending", "pending")
    assert classes(one, day(10, 15)) == ("on_time", "late", "late")
    row = rows_of(day(10, 14))[one.pk, "request"]
    assert (row["open_qty"], row["quantity"], row["actual"]) == (6, 10, None)


@pytest.mark.parametrize(
    ("country", "left_on", "expected"),
    [
        # Thanksgiving, 26 November, is no business day in the United States
        ("US", day(11, 24), "on_time"),
        ("US", day(11, 23), "too_early"),
        ("DE", day(11, 25), "on_time"),
        ("DE", day(11, 24), "too_early"),
        ("DE", day(12, 1), "late"),
    ],
)
def test_windows_are_business_days_of_the_place_that_ships(cast, country, left_on, expected):
    site = make_location(make_party(), country=country)
    one = told_order(cast, 10, day(11, 30), day=BOOKED, ship_from=site)
    ship(one, 10, left_on)
    assert classes(one, day(12, 20))[0] == expected


def test_the_window_is_the_customers_own(cast):
    Party.objects.filter(pk=cast.sell_to.pk).update(early_days=0, late_days=2)
    one, two = (told_order(cast, 10, day(10, 9), day=BOOKED) for _ in range(2))
    ship(one, 10, day(10, 13))
    ship(two, 10, day(10, 8))
    three = told_order(cast, 10, day(10, 9), day=BOOKED)
    # two business days after Friday the 9th: Tuesday the 13th
    assert [classes(each, day(10, 13))[0] for each in (one, two, three)] == ["on_time", "too_early", "pending"]
    assert classes(three, day(10, 14))[0] == "late"


def test_what_is_cancelled_before_its_date_is_left_out_and_on_it_is_not(cast):
    before, after, part = (told_order(cast, 10, day(10, 12), day=BOOKED) for _ in range(3))
    cancel(before, 10, day(10, 11))
    cancel(after, 10, day(10, 12))
    ship(part, 7, day(10, 9))
    cancel(part, 3, day(10, 10))
    assert [classes(each, day(10, 20))[0] for each in (before, after, part)] == ["excluded", "late", "on_time"]
    # before the cancel was told, it was still to come
    assert classes(before, day(10, 10))[0] == "pending"


def test_the_rest_of_a_short_close_was_never_delivered(cast):
    one = told_order(cast, 10, day(10, 12), day=BOOKED)
    ship(one, 7, day(10, 12))
    cancel(one, 3, day(10, 14))
    assert classes(one, day(10, 20))[0] == "late"


def test_blankets_and_samples_are_left_out(cast):
    kinds = ("blanket", "sample", "replacement")
    found = [told_order(cast, 10, day(10, 12), day=BOOKED, kind=kind) for kind in kinds]
    assert [classes(each, day(10, 20))[0] for each in found] == ["excluded", "excluded", "late"]


def test_children_of_a_split_inherit_request_first_commit_and_the_miss(cast):
    one = told_order(cast, 10, day(10, 5), day=BOOKED)
    commit(one, day(10, 12), day(9, 2))
    commit(one, day(10, 20), day(10, 13))
    child = split_schedule(order_id=one.order_id, schedule_id=one.pk, quantity=4, occasion=on(day(10, 14)))
    ship(child, 4, day(10, 20))
    row = rows_of(day(11, 1))[child.pk, "current_commit"]
    assert (row["outcome"], row["due_on"], row["first_commit"], row["request_date"]) == (
        "late", day(10, 12), day(10, 12), day(10, 5),
    )  # fmt: skip
    # the day before the split there was one schedule with the whole quantity
    assert {key[0]: row["quantity"] for key, row in rows_of(day(10, 13)).items()} == {one.pk: 10}


def test_ledger_rows_in_another_order_give_the_same(cast):
    told = [
        ("booked", 10, day(9, 1), {"to_date": day(10, 12)}),
        ("commit_set", 0, day(9, 2), {"to_date": day(10, 12)}),
        ("commit_moved", 0, day(10, 13), {"from_date": day(10, 12), "to_date": day(10, 20), "days": 8}),
        ("commit_moved", 0, day(10, 16), {"from_date": day(10, 20), "to_date": day(10, 28), "days": 8}),
        ("shipped", -6, day(10, 15), {}),
        ("shipped", -4, day(10, 22), {}),
    ]
    found = set()
    for order in (range(6), (0, 1, 3, 5, 4, 2), (0, 5, 3, 4, 2, 1)):
        slot = make_slot(cast.sell_to, cast.a, cast.product, request_date=day(10, 12))
        for number in order:
            verb, quantity, when, dates = told[number]
            at = dt.datetime.combine(when, dt.time(9), dt.UTC)
            slot.schedule.open_qty = max(slot.schedule.open_qty, -quantity)
            slot.write(verb, quantity, 0, day=when, at=at, **dates)
        Schedule.objects.filter(pk=slot.schedule.pk).update(
            quantity=10, open_qty=0, shipped_qty=10, first_commit=day(10, 12), current_commit=day(10, 28),
            request_date=day(10, 12), ship_date=day(10, 22),
        )  # fmt: skip
        for as_of in (day(10, 12), day(10, 14), day(10, 21), day(10, 30)):
            rows = rows_of(as_of)
            for basis in BASES:
                row = rows[slot.schedule.pk, basis]
                found.add((as_of, basis, row["outcome"], row["due_on"], row["moves"], row["actual"]))
    assert len(found) == 12
    assert (day(10, 30), "current_commit", "late", day(10, 12), 2, day(10, 22)) in found


def test_docked_schedules_are_held_against_arrival_else_by_the_transit_of_the_lane(cast):
    site, dock = make_location(make_party(), country="US"), make_location(cast.sell_to, "DOCK", country="DE")
    arrived, on_the_way = (
        told_order(cast, 10, day(10, 14), day=BOOKED, basis="dock", ship_from=site, ship_to=dock) for _ in range(2)
    )
    for one in (arrived, on_the_way):
        ship(one, 10, day(10, 9))
    Schedule.objects.filter(pk=arrived.pk).update(delivery_date=day(10, 15))
    rows = rows_of(day(10, 20))
    assert (rows[arrived.pk, "request"]["outcome"], rows[arrived.pk, "request"]["is_converted"]) == ("late", False)
    # no lane is known: the day it left stands, and is marked
    row = rows[on_the_way.pk, "request"]
    assert (row["outcome"], row["actual"], row["is_converted"]) == ("on_time", day(10, 9), True)


def test_figures_lines_in_full_and_stability(cast):
    in_full, broken, waiting = (told_order(cast, 10, day(10, 12), day=BOOKED) for _ in range(3))
    told_order(cast, 5, day(10, 13), day=BOOKED)
    for each in (in_full, broken, waiting):
        commit(each, day(10, 14), day(9, 2))
    parts = [
        split_schedule(order_id=each.order_id, schedule_id=each.pk, quantity=4, occasion=on(day(9, 3)))
        for each in (in_full, broken)
    ]
    commit(in_full, day(10, 15), day(9, 4), "supplier")
    commit(in_full, day(10, 20), day(9, 5), "customer")
    ship(in_full, 6, day(10, 19))
    ship(parts[0], 4, day(10, 14))
    ship(broken, 6, day(10, 14))
    ship(parts[1], 4, day(10, 16))
    report = delivery_performance(cast.tenant, Question(first=day(10, 1), as_of=day(10, 31)))
    current = report.figures["current_commit"]
    assert current.totals() == {
        "due": 5, "on_time": 3, "late": 2, "too_early": 0, "pending": 0, "uncommitted": 1,
        "rate": current.rate,
    }  # fmt: skip
    assert (str(current.rate), str(current.by_quantity)) == ("0.6000", "0.5333")
    assert (current.lines_in_full, current.lines_missed, current.unshipped) == (1, 2, 1)
    assert (current.promised, current.moves, current.never_moved) == (5, 2, 4)
    assert (str(current.per_schedule), str(current.mean_slip), str(current.supplier_rate)) == ("0.40", "6.0", "0.5000")
    assert str(current.mean_gap) == "2.0"
    assert report.figures["request"].due == 6
    (member,) = report.members["sell_to"]
    assert (member.name.code, member.figures["current_commit"].due) == ("DISTI", 5)
    assert report.trend[-1].rates["current_commit"] == 60


def test_another_tenant_has_no_such_schedules(cast, kestrel):
    told_order(cast, 10, day(10, 12), day=BOOKED)
    assert len(rows_of(day(10, 20))) == 3
    with tenant_scope(kestrel.pk):
        assert rows_of(day(10, 20)) == {}


def story(cast, dice):
    """One order with a life of its own."""
    start = day(9, 1) + dt.timedelta(days=dice.randrange(60))
    first = told_order(cast, dice.randrange(5, 40), start + dt.timedelta(days=dice.randrange(5, 40)), day=start)
    when = start
    for _ in range(dice.randrange(2, 9)):
        when += dt.timedelta(days=dice.randrange(0, 9))
        schedule = dice.choice(list(Schedule.objects.filter(order_id=first.order_id).order_by("pk")))
        try:
            dice.choice(DEEDS)(schedule, when, dice)
        except VerbRefused:
            continue


def some_day(when, dice):
    return when + dt.timedelta(days=dice.randrange(-3, 25))


def split_half(schedule, when, dice):
    half = max(1, schedule.open_qty // 2)
    split_schedule(order_id=schedule.order_id, schedule_id=schedule.pk, quantity=half, occasion=on(when))


def move(schedule, when, dice):
    to = some_day(when, dice)
    move_request(order_id=schedule.order_id, schedule_id=schedule.pk, to=to, occasion=on(when))


DEEDS = [
    lambda one, when, dice: commit(one, some_day(when, dice), when, dice.choice(["us", "supplier", "customer"])),
    lambda one, when, dice: commit(one, some_day(when, dice), when),
    lambda one, when, dice: ship(one, one.open_qty or 1, when),
    lambda one, when, dice: ship(one, dice.randrange(1, max(one.open_qty, 2)), when),
    lambda one, when, dice: cancel(one, one.open_qty or 1, when),
    split_half,
    move,
]


@pytest.mark.parametrize("seed", range(3))
def test_random_stories_against_the_slow_oracle(cast, seed):
    dice = random.Random(seed)  # noqa: S311  a story, not a secret
    for _ in range(25):
        story(cast, dice)
    for as_of in (day(10, 1), day(10, 27), day(11, 20), day(12, 31)):
        rows, told = rows_of(as_of), tell(as_of)
        found = {key: (row["outcome"], row["due_on"]) for key, row in rows.items()}
        expected = {
            (pk, basis): said
            for pk, one in told.items()
            for basis in BASES
            if (said := outcome(one, basis, as_of)) and said[1] <= day(12, 31)
        }
        assert found == expected
        assert {pk: row["moves"] for (pk, _), row in rows.items()} == {
            pk: told[pk].moves for pk in {pk for pk, _ in expected}
        }
