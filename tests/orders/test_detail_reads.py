"""What the page of an order reads once says the same as asking again: figures, parties, and what is there at all."""

import datetime as dt
from decimal import Decimal

import pytest

from jobs.choices import JobState
from jobs.models import JobRequest
from orders.actions.add_note import add_note
from orders.actions.attach_file import attach_file
from orders.actions.cancel_line import SHORT_CLOSE, cancel_line
from orders.actions.change_price import change_price
from orders.actions.enter_and_book import enter_and_book
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.request_documents import ACKNOWLEDGEMENT
from orders.actions.set_commit import set_commit
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.models import Order, OrderLine
from orders.story import Asked
from orders.views.detail.ledger import ledger_rows
from orders.views.detail.lines import line_blocks
from orders.views.detail.shown_lines import OF_LINE, shown_lines
from orders.views.detail.summary import Counts, counted, counts_of, parties_among, parties_of
from orders.views.detail.there import There, what_is_there
from orders.views.detail.timeline import read_ledger
from orders.views.detail.totals import summed, sums_of, totals_of
from orders.views.detail.trails import terms_label
from tests.factories.catalog import make_product
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.fixtures import NOW, TODAY
from tests.fulfilment.walk import heavy_world

pytestmark = pytest.mark.usefixtures("noon", "own_files")

NOTHING = There(
    holds=False,
    notes=False,
    attachments=False,
    acknowledgements=False,
    invoices=False,
    mails=False,
    printing=False,
)


@pytest.fixture
def order(world):
    """Lines: no price; due and late; part shipped and billed; short closed; through a re-shipper; not promised."""
    heavy_world(world)
    entries = [
        line_entry(make_product("BARE"), 10, end_buyer_id=world.c.pk),
        line_entry(world.product, 20, ship_to_id=world.ship_to.pk, request_date=dt.date(2026, 11, 30)),
        line_entry(world.product, 30, end_buyer_id=world.a.pk, ship_to_id=world.ship_to.pk),
        line_entry(world.product, 40, end_buyer_id=world.b.pk, ship_to_id=world.ship_to.pk),
        line_entry(world.product, 5000, end_buyer_id=world.a.pk, ship_to_id=world.ship_to.pk),
        line_entry(world.product, 60, ship_to_id=world.ship_to.pk, request_date=dt.date(2026, 12, 1)),
    ]
    entry = order_entry(world.sell_to, *entries, order_date=dt.date(2026, 11, 2))
    order = enter_and_book(entry=entry, occasion=occasion(world.by)).order
    _, two, three, four, five, _ = order.schedules.select_related("line").order_by("line__line_no")
    key = {"order_id": order.pk}
    set_commit(**key, schedule_id=two.pk, to=dt.date(2026, 11, 20), occasion=occasion(world.by))
    set_commit(**key, schedule_id=three.pk, to=dt.date(2026, 12, 20), occasion=occasion(world.by))
    [shipped] = ship_schedules(**key, parts=[ShipPart(three.pk, 10, "k")], occasion=occasion(world.by))
    issue_invoice(**key, parts=[InvoicePart(three.pk, 10, shipped.value)], occasion=occasion(world.by))
    closed = occasion(world.by, reason_code=SHORT_CLOSE)
    cancel_line(**key, line_id=four.line_id, schedule_id=four.pk, quantity=40, occasion=closed)
    change_price(**key, line_id=five.line_id, unit_price=Decimal("1.05"), occasion=occasion(world.by, note="agreed"))
    return Order.objects.get(pk=order.pk)


def test_what_waits_is_counted_from_the_lines_as_by_the_database(world, order):
    blocks = line_blocks(order, TODAY, [], member=world.by)
    expected = Counts(unbooked=1, uncommitted=2, late=1, releasable=4, due=1)
    assert counted(blocks, TODAY) == counts_of(order, TODAY) == expected
    morrow = TODAY + dt.timedelta(days=1)
    assert counted(blocks, morrow) == counts_of(order, morrow) == Counts(1, 2, 1, 4, due=2)


def test_the_parties_are_those_that_the_database_finds(world, order):
    parties = parties_among(line_blocks(order, TODAY, [], member=world.by))
    assert parties == parties_of(order)
    assert parties.end_buyer.all_names == "C Company, A Company", "B's line is cancelled"
    assert parties.re_shipper.first == "Kaskade Spedition CGN"
    assert parties.incoterm.all_names == "DAP dock, FCA Penang"


def told_of(line):
    return (
        line.product.sku,
        line.end_buyer and line.end_buyer.name,
        line.ship_to and line.ship_to.name,
        line.ship_from and line.ship_from.country,
        line.terms and terms_label(line.terms),
        *(getattr(line, name) for name in OF_LINE),
    )


def test_a_line_is_shown_as_it_is_stored(order, django_assert_num_queries):
    with django_assert_num_queries(1):
        lines = shown_lines(order)
        told = [told_of(line) for line in lines]
    stored = list(OrderLine.objects.filter(order=order).order_by("line_no"))
    assert told == [told_of(line) for line in stored]
    assert [line.line_no for line in shown_lines(order, (2, 4))] == [2, 3, 4]
    assert lines[0].version == stored[0].version, "what is not shown is read when it is asked for"


def test_an_order_without_lines_names_nobody(world, order):
    assert parties_among([]).ship_to is None
    assert counted([], TODAY) == Counts(0, 0, 0, 0, 0)


def test_figures_from_the_story_are_those_of_the_database(world, order):
    ledger = read_ledger(Asked(order, world.by.tenant.zone))
    assert ledger.is_whole
    assert summed(ledger.rows) == sums_of(order)
    totals = totals_of(order, ledger)
    assert totals.foots
    assert (totals.shipped, totals.billed) == (950, 950)


def test_figures_of_a_part_of_the_story_come_from_the_database(world, order):
    for part in (
        read_ledger(Asked(order, world.by.tenant.zone), limit=2),
        read_ledger(Asked(order, world.by.tenant.zone, line_no=3)),
    ):
        assert not part.is_whole
        assert summed(part.rows) != sums_of(order)
        assert totals_of(order, part).foots


def test_a_rate_that_is_not_known_makes_the_sum_unknown(world, order):
    one, two = ledger_rows(order)[:2]
    rows = [one._replace(verb="booked", reporting_delta=None), two._replace(verb="booked", reporting_delta=5)]
    assert summed(rows)["booked"][1] is None
    assert summed(rows[::-1])["booked"][1] is None


def test_a_row_knows_the_price_before_it_though_the_story_is_cut(order):
    (newest,) = ledger_rows(order, line_no=5, most=1)
    assert (newest.verb, newest.was_price, newest.unit_price) == ("price_changed", Decimal("0.95"), Decimal("1.05"))
    assert (newest.name, newest.end_buyer, newest.note) == ("5.1", "A Company", "agreed")
    assert ledger_rows(order, line_no=99) == []


def test_what_is_there_is_told_piece_by_piece(world):
    order = book(world.by, world.sell_to, line_entry(world.product, 10, ship_to_id=world.ship_to.pk))
    assert what_is_there(order) == NOTHING
    add_note(order_id=order.pk, text="said", occasion=occasion(world.by))
    assert what_is_there(order) == NOTHING._replace(notes=True)
    attach_file(order_id=order.pk, name="a.txt", content=b"x", occasion=occasion(world.by))
    assert what_is_there(order) == NOTHING._replace(notes=True, attachments=True)


def test_only_an_unfinished_job_for_this_version_prints(world):
    order = book(world.by, world.sell_to, line_entry(world.product, 10, ship_to_id=world.ship_to.pk))
    JobRequest.objects.all().delete()
    key = f"{order.pk}/{order.version}"
    job = JobRequest.objects.create(kind=ACKNOWLEDGEMENT, unique_key=key, due_at=NOW)
    assert what_is_there(order).printing
    JobRequest.objects.filter(pk=job.pk).update(state=JobState.DONE)
    assert not what_is_there(order).printing
    order.version += 1
    JobRequest.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    assert not what_is_there(order).printing


def test_holds_and_invoices_are_there(order):
    assert what_is_there(order) == NOTHING._replace(holds=True, invoices=True)
