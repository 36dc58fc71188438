"""Dates of many schedules by one statement, held against the verbs that move one at a time on twin orders."""

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction

from orders.actions.change_dates import DateChange, move_requests, set_commits
from orders.actions.enter_order import enter_order
from orders.actions.move_request import move_request
from orders.actions.set_commit import set_commit
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.choices import OrderType
from orders.engine.state import VerbRefused
from orders.locks import NoSuchOrder, StaleVersion
from orders.models import Order, OrderLedger, OrderLine, Schedule
from tenancy.models import Tenant
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.fixtures import NOW, TODAY

ENTERED = TODAY - dt.timedelta(days=30)
DAY = dt.date(2027, 3, 1)
GONE = 999_999
MOVES = {"request": (move_request, move_requests), "commit": (set_commit, set_commits)}
WHY = {"initiator": "customer", "reason_code": "capacity", "note": "line 4 down"}
FIGURES = ("version", "status", "value", "open_value", "next_request_date", "next_commit_date", "has_uncommitted",
           "line_count", "hold_count")  # fmt: skip
SCHEDULE = ("number", "quantity", "open_qty", "open_value", "open_reporting", "released_qty", "shipped_qty",
            "request_date", "first_commit", "current_commit", "ship_date")  # fmt: skip


def orders_of(world):
    """Split lines, promised and not; a blanket; one not booked; one shipped in part."""
    parts = ((400, dt.date(2027, 1, 14), None), (600, dt.date(2027, 2, 14), dt.date(2027, 2, 20)))

    def line(quantity, **values):
        return line_entry(world.product, quantity, ship_to_id=world.ship_to.pk, **values)

    split = book(world.by, world.sell_to, line(1000, schedules=parts), line(50, end_buyer_id=world.a.pk),
                 order_date=ENTERED)  # fmt: skip
    plain = book(world.by, world.sell_to, line(70), order_date=ENTERED)
    blanket = book(world.by, world.sell_to, line(900), order_type=OrderType.BLANKET, order_date=ENTERED)
    unbooked = enter_order(entry=order_entry(world.sell_to, line(30), order_date=ENTERED), by=world.by, at=NOW)
    late = book(world.by, world.sell_to, line(80), order_date=TODAY)
    shipped = book(world.by, world.sell_to, line(20), line(40), order_date=ENTERED)
    gone = shipped.schedules.order_by("pk")[0]
    set_commit(order_id=shipped.pk, schedule_id=gone.pk, to=TODAY, occasion=occasion(world.by))
    part = ShipPart(gone.pk, gone.quantity, f"twin {gone.pk}")
    ship_schedules(order_id=shipped.pk, parts=[part], occasion=occasion(world.by))
    return [split, plain, blanket, unbooked, late, shipped]


def changes_of(orders, kind):
    """One for each schedule, in no order: most to one day, one to its own, one too early, one seen too long ago."""
    found = []
    for place, order in enumerate(orders):
        for row in order.schedules.select_related("line").order_by("line__line_no", "number"):
            was = row.current_commit if kind == "commit" else row.request_date
            to = {1: was or DAY, 4: ENTERED}.get(place, DAY)
            stale = place == 0 and row.line.line_no == 2
            found.append(DateChange(order.pk, row.line_id, row.pk, row.line.version - stale, was, to))
    first, last = found[0], found[-1]
    found.append(DateChange(last.order_id, last.line_id, GONE, 1, None, DAY))
    found.append(DateChange(GONE, first.line_id, GONE + 1, 1, None, DAY))
    return found[::-1]


def one_at_a_time(verb, changes, why):
    """As a person would: each by its verb, having seen what the ones before did."""
    done, outcomes = Counter(), {}
    for each in sorted(changes, key=lambda change: (change.order_id, change.line_id, change.schedule_id)):
        if each.to == each.was:
            outcomes[each.schedule_id] = (False, "")
            continue
        try:
            with transaction.atomic():
                verb(order_id=each.order_id, schedule_id=each.schedule_id, to=each.to, occasion=why,
                     line_version=each.line_version + done[each.line_id])  # fmt: skip
        except (VerbRefused, StaleVersion, NoSuchOrder) as refusal:
            outcomes[each.schedule_id] = (False, str(refusal))
        else:
            done[each.line_id] += 1
            outcomes[each.schedule_id] = (True, "")
    return outcomes


def state_of(orders):
    """All that stands about the orders, without the keys and numbers that twins cannot share."""
    keys = [order.pk for order in orders]
    place = {pk: index for index, pk in enumerate(keys)}
    rows = OrderLedger.objects.filter(order__in=keys).select_related("line", "schedule").order_by("pk")
    skipped = ("id", "order_id", "line_id", "schedule_id", "source_key")
    columns = [field.attname for field in OrderLedger._meta.concrete_fields if field.attname not in skipped]
    ledger = [
        (place[row.order_id], row.line.line_no, row.schedule.number, *(getattr(row, name) for name in columns))
        for row in rows
    ]
    figures = list(Order.objects.filter(pk__in=keys).order_by("pk").values_list(*FIGURES))
    lines = list(
        OrderLine.objects.filter(order__in=keys).order_by("order_id", "line_no")
        .values_list("line_no", "version", "status", "quantity", "open_qty", "open_value", "booked_date")
    )  # fmt: skip
    schedules = list(
        Schedule.objects.filter(order__in=keys).order_by("order_id", "line__line_no", "number").values_list(*SCHEDULE)
    )
    return {"ledger": ledger, "orders": figures, "lines": lines, "schedules": schedules}


def said(orders, changes, outcomes):
    """Refusals in the order of the changes; numbers and keys of the orders are told by place."""
    texts = []
    for each in changes:
        is_done, text = outcomes[each.schedule_id]
        for index, order in enumerate(orders):
            text = text.replace(order.number, f"order {index}").replace(f"order {order.pk}.", f"order {index}.")
        texts.append((is_done, text))
    return texts


@pytest.mark.parametrize("kind", MOVES)
@pytest.mark.parametrize("closed_through", [None, TODAY])
def test_one_statement_does_what_the_verbs_do_one_at_a_time(world, kind, closed_through):
    verb, together = MOVES[kind]
    ones, all_at_once = orders_of(world), orders_of(world)
    Tenant.objects.update(closed_through=closed_through)
    why = occasion(world.by, **WHY)
    left, right = changes_of(ones, kind), changes_of(all_at_once, kind)
    by_hand = one_at_a_time(verb, left, why)
    outcomes = {each.schedule_id: (each.is_done, each.refusal) for each in together(changes=right, occasion=why)}
    assert said(all_at_once, right, outcomes) == said(ones, left, by_hand)
    assert state_of(all_at_once) == state_of(ones)
    refusals = " ".join(text for _, text in by_hand.values())
    for words in ("changed meanwhile", "before the order date", "not booked", "Nothing of this schedule", "not on the",
                  "no order"):  # fmt: skip
        assert words in refusals
    assert sum(done for done, _ in by_hand.values()) >= 3


def test_a_second_commit_keeps_the_first_promise_and_counts_the_days(world):
    order = book(world.by, world.sell_to, line_entry(world.product, 100, ship_to_id=world.ship_to.pk))
    for version, was, to in ((2, None, DAY), (3, DAY, dt.date(2027, 3, 8))):
        row = order.schedules.get()
        seen = DateChange(order.pk, row.line_id, row.pk, OrderLine.objects.get().version, was, to)
        outcome = set_commits(changes=[seen], occasion=occasion(world.by))
        assert (outcome[0].is_done, OrderLine.objects.get().version) == (True, seen.line_version + 1), version
    row = order.schedules.get()
    assert (row.first_commit, row.current_commit) == (DAY, dt.date(2027, 3, 8))
    told = OrderLedger.objects.order_by("-pk").values_list("verb", "from_date", "to_date", "days")[:2]
    assert list(told) == [
        ("commit_moved", DAY, dt.date(2027, 3, 8), 7), ("commit_set", None, DAY, None),
    ]  # fmt: skip


def test_one_schedule_is_not_changed_twice_in_a_batch(world):
    order = book(world.by, world.sell_to, line_entry(world.product, 100, ship_to_id=world.ship_to.pk))
    row = order.schedules.get()
    twice = [DateChange(order.pk, row.line_id, row.pk, 1, None, day) for day in (DAY, TODAY)]
    with pytest.raises(ValueError, match="once"):
        set_commits(changes=twice, occasion=occasion(world.by))
    assert set_commits(changes=[], occasion=occasion(world.by)) == []
