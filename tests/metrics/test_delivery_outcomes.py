"""What the nightly run settles of deliveries is the same as what orders and ledger tell, whenever it is asked."""

import datetime as dt
import random
from contextlib import suppress

import pytest

from metrics.actions.settle_deliveries import NEVER, settle_deliveries
from metrics.models import DeliveryOutcome, DeliveryRun
from metrics.reports.delivery_performance import BASES, Question, delivery_performance
from metrics.snapshots.delivery_coverage import delivery_coverage
from metrics.verification import verify_tenant
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.actions.transfer_line import transfer_line
from orders.actions.transfer_order import transfer_order
from orders.actions.unship_schedules import unship_schedules
from orders.engine.state import VerbRefused
from orders.models import OrderLine, Schedule
from parties.models import Location, Party
from tenancy.scope import tenant_scope
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.metrics.delivery_oracle import outcome, tell
from tests.metrics.delivery_story import on, told_order
from tests.metrics.test_delivery import BOOKED, DEEDS, cancel, classes, day, rows_of, ship, story


def at(when):
    return dt.datetime.combine(when, dt.time(12), dt.UTC)


def settle(when, **given):
    return settle_deliveries(night=when - dt.timedelta(days=1), at=at(when), **given)


def settled():
    return set(DeliveryOutcome.objects.filter(settled_on__lt=NEVER).values_list("schedule_id", flat=True))


def outcomes():
    return sorted(DeliveryOutcome.objects.values_list())


def wrong():
    return [(each.name, each.rows) for each in verify_tenant() if each.name == "deliveries" and not each.ok]


@pytest.mark.parametrize("seed", range(3))
def test_random_stories_against_the_slow_oracle_whenever_settled(cast, seed):
    dice = random.Random(seed + 10)  # noqa: S311  a story, not a secret
    for _ in range(25):
        story(cast, dice)
    # first with most of the story recorded later than the run, then with all of it settled
    for when in (day(10, 20), day(1, 10, 2027)):
        settle(when)
        for as_of in (day(10, 1), day(10, 27), day(12, 31)):
            told = tell(as_of)
            expected = {
                (pk, basis): said
                for pk, one in told.items()
                for basis in BASES
                if (said := outcome(one, basis, as_of)) and said[1] <= day(12, 31)
            }
            found = rows_of(as_of)
            assert {key: (row["outcome"], row["due_on"]) for key, row in found.items()} == expected
            assert all(row["moves"] == told[pk].moves for (pk, _), row in found.items())
    assert settled()
    assert wrong() == []


def test_a_night_after_the_other_leaves_what_a_rebuild_makes(cast):
    """Everything happens on the day on which it is recorded, and every week has its night."""
    dice = random.Random(7)  # noqa: S311  a story, not a secret
    news = []
    for number in range(40):
        when = day(9, 1) + dt.timedelta(days=2 * number)
        if number < 25:
            told_order(cast, dice.randrange(5, 40), when + dt.timedelta(days=dice.randrange(5, 30)), day=when)
        for schedule in dice.sample(list(Schedule.objects.order_by("pk")), k=min(3, Schedule.objects.count())):
            with suppress(VerbRefused):
                dice.choice(DEEDS)(schedule, when, dice)
        if number % 4 == 3:
            news.append(settle(when + dt.timedelta(days=1)).orders)
    step = outcomes()
    last = settle(day(1, 10, 2027), is_rebuild=True)
    assert (outcomes(), last.orders) == (step, None)
    assert news[0] is None
    assert all(0 < orders < 25 for orders in news[1:-1])


def test_a_night_makes_only_the_orders_with_news(cast):
    one, two = (told_order(cast, 10, day(10, 5), day=BOOKED) for _ in range(2))
    first = settle(day(9, 10))
    ship(one, 10, day(10, 5))
    second, third = settle(day(10, 6)), settle(day(10, 20))
    assert [(run.orders, run.schedule_rows, run.settled_rows) for run in (first, second, third)] == [
        (None, 2, 0), (1, 1, 1), (0, 0, 0),
    ]  # fmt: skip
    assert settled() == {one.pk}
    assert DeliveryOutcome.objects.get(schedule_id=two.pk).settled_on == NEVER


def test_what_happens_between_two_nights_shows_at_once(cast):
    one = told_order(cast, 10, day(10, 5), day=BOOKED)
    shipped = ship_schedules(order_id=one.order_id, parts=[ShipPart(one.pk, 10)], occasion=on(day(10, 5)))
    settle(day(10, 6))
    assert classes(one, day(10, 7))[0] == "on_time"
    unship_schedules(order_id=one.order_id, parts=shipped, occasion=on(day(10, 7)))
    assert classes(one, day(10, 7))[0] == "late"
    assert classes(one, day(10, 6))[0] == "on_time"


def test_another_window_of_the_customer_holds_for_what_is_settled_too(cast):
    one, two = (told_order(cast, 10, day(10, 9), day=BOOKED) for _ in range(2))
    ship(one, 10, day(10, 13))
    ship(two, 10, day(10, 6))
    settle(day(10, 20))
    # Friday the 9th: Tuesday the 13th is two business days after it, Tuesday the 6th three before
    assert [classes(each, day(10, 20))[0] for each in (one, two)] == ["late", "on_time"]
    Party.objects.filter(pk=cast.sell_to.pk).update(early_days=2, late_days=2)
    assert [classes(each, day(10, 20))[0] for each in (one, two)] == ["on_time", "too_early"]
    assert settled() == {one.pk, two.pk}
    assert wrong() == []


@pytest.mark.parametrize("due", [day(10, 9), day(10, 10), day(10, 11), day(10, 12)])
@pytest.mark.parametrize("early", [0, 1, 3])
@pytest.mark.parametrize("late", [0, 1, 2])
def test_windows_end_on_the_same_days_as_without_outcomes(cast, due, early, late):
    """Around a weekend: Friday to Monday, shipped on any day from a week before to a week after."""
    Party.objects.filter(pk=cast.sell_to.pk).update(early_days=early, late_days=late)
    told = [told_order(cast, 10, due, day=BOOKED) for _ in range(13)]
    for number, each in enumerate(told):
        ship(each, 10, due + dt.timedelta(days=number - 6))
    expected = [outcome(tell(day(10, 30))[each.pk], "request", day(10, 30), early=early, late=late)[0] for each in told]
    settle(day(10, 30))
    assert len(settled()) == 13
    assert [classes(each, day(10, 30))[0] for each in told] == expected


def test_merged_and_transferred_parties_are_those_of_now(cast):
    one = told_order(cast, 10, day(10, 5), day=BOOKED)
    ship(one, 10, day(10, 5))
    settle(day(10, 6))
    heir, other = make_sell_to("HEIR"), make_end_buyer("OTHER")
    transfer_order(order_id=one.order_id, sell_to_id=heir.pk, occasion=on(day(10, 7)))
    Party.objects.filter(pk=cast.a.pk).update(merged_into=other)
    row = rows_of(day(10, 8))[one.pk, "request"]
    assert (row["sell_to_id"], row["end_buyer_id"]) == (heir.pk, other.pk)
    assert settled() == {one.pk}
    assert wrong() == []


def test_a_line_of_which_nothing_is_open_is_not_given_to_another_end_buyer(cast):
    one = told_order(cast, 10, day(10, 5), day=BOOKED)
    ship(one, 10, day(10, 5))
    with pytest.raises(VerbRefused, match="Nothing of this line is open"):
        transfer_line(order_id=one.order_id, line_id=one.line_id, end_buyer_id=cast.b.pk, occasion=on(day(10, 6)))
    assert OrderLine.objects.get(pk=one.line_id).end_buyer_id == cast.a.pk


def test_arrivals_settle_docked_schedules_and_are_corrected_without_news_in_the_ledger(cast):
    site, dock = make_location(make_party(), country="US"), make_location(cast.sell_to, "DOCK", country="DE")
    one = told_order(cast, 10, day(10, 14), day=BOOKED, basis="dock", ship_from=site, ship_to=dock)
    ship(one, 10, day(10, 9))
    settle(day(10, 12))
    assert settled() == set()
    Schedule.objects.filter(pk=one.pk).update(delivery_date=day(10, 14))
    settle(day(10, 15))
    assert settled() == {one.pk}
    assert classes(one, day(10, 15))[0] == "on_time"
    Schedule.objects.filter(pk=one.pk).update(delivery_date=day(10, 16))
    assert classes(one, day(10, 20))[0] == "late"
    settle(day(10, 21))
    assert classes(one, day(10, 20))[0] == "late"


def test_another_country_or_holiday_table_makes_all_anew(cast, monkeypatch):
    site = make_location(make_party(), country="US")
    one = told_order(cast, 10, day(11, 30), day=BOOKED, ship_from=site)
    # Thanksgiving is no business day in the United States: the 24th is three before the 30th there, and four in Germany
    ship(one, 10, day(11, 24))
    settle(day(12, 1))
    assert classes(one, day(12, 2))[0] == "on_time"
    make_location(make_party(), country="FR")
    assert delivery_coverage().run is not None
    Location.objects.filter(pk=site.pk).update(country="DE")
    assert delivery_coverage().run is None
    assert classes(one, day(12, 2))[0] == "too_early"
    assert settle(day(12, 2)).orders is None
    assert (classes(one, day(12, 2))[0], wrong()) == ("too_early", [])
    DeliveryRun.objects.update(calendars="holidays of last year")
    assert settle(day(12, 3)).orders is None


def test_what_is_not_settled(cast):
    waiting, missed, short, kept = (told_order(cast, 10, day(10, 12), day=BOOKED) for _ in range(4))
    cancelled = told_order(cast, 10, day(10, 12), day=BOOKED)
    cancel(missed, 10, day(10, 13))
    ship(short, 7, day(10, 9))
    ship(kept, 10, day(10, 9))
    cancel(cancelled, 10, day(9, 20))
    settle(day(10, 14))
    assert settled() == {kept.pk, cancelled.pk}
    assert [classes(each, day(10, 20))[0] for each in (waiting, missed, short, kept, cancelled)] == [
        "late", "late", "late", "on_time", "excluded",
    ]  # fmt: skip


def test_the_report_says_from_which_run_it_was_read(cast):
    one = told_order(cast, 10, day(10, 12), day=BOOKED)
    ship(one, 10, day(10, 12))
    question = Question(first=day(10, 1), as_of=day(10, 31))
    before = delivery_performance(cast.tenant, question)
    run = settle(day(10, 20))
    after = delivery_performance(cast.tenant, question)
    assert (before.run, after.run) == (None, run)
    assert before.figures == after.figures
    assert (before.members, before.distance, before.worst) == (after.members, after.distance, after.worst)


def test_a_changed_outcome_and_a_lost_one_are_found(cast):
    one, two = (told_order(cast, 10, day(10, 12), day=BOOKED) for _ in range(2))
    for each in (one, two):
        ship(each, 10, day(10, 12))
    settle(day(10, 20))
    assert wrong() == []
    DeliveryOutcome.objects.filter(schedule_id=one.pk).update(request_need=4)
    DeliveryOutcome.objects.filter(schedule_id=two.pk).delete()
    ((_, rows),) = wrong()
    assert [(row.id, row.what, row.expected, row.found) for row in rows] == [
        (one.pk, "class by request", 1, 2), (two.pk, "rows", 1, 0),
    ]  # fmt: skip
    settle(day(10, 21), is_rebuild=True)
    assert wrong() == []


def test_a_run_without_schedules_and_one_for_each_tenant(cast, kestrel):
    told_order(cast, 10, day(10, 12), day=BOOKED)
    settle(day(10, 20))
    with tenant_scope(kestrel.pk):
        assert settle(day(10, 20)).schedule_rows == 0
        assert (DeliveryOutcome.objects.count(), delivery_coverage().run.schedule_rows) == (0, 0)
    assert delivery_coverage().run.schedule_rows == 1
