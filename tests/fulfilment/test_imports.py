"""Shipments from files: history shipped and billed on its own days."""

import datetime as dt

import pytest

from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from fulfilment.models import Shipment
from orders.actions.enter_order import enter_order
from orders.models import Invoice, OrderLedger, OrderLine, Schedule
from tests.exchange.files import codes, counts, csv_file, take
from tests.factories.orders import book, line_entry, order_entry
from tests.factories.parties import make_location, make_party
from tests.fixtures import NOW

COLUMNS = "sell_to,customer_po,line,quantity,ship_date,site,tracking,delivered_date,invoice_number,invoice_date"
ROW = {"sell_to": "NORTH", "customer_po": "PO-9", "line": "1", "quantity": "400", "ship_date": "2026-11-20"}


def shipments(*rows, **options):
    names = COLUMNS.split(",")
    lines = [",".join({**ROW, **row}.get(name, "") for name in names) for row in rows]
    return take("shipments", "\n".join([COLUMNS, *lines]) + "\n", **options)


@pytest.fixture
def order(world):
    lines = [line_entry(world.product, quantity, end_buyer_id=world.c.pk) for quantity in (1000, 500)]
    return book(world.by, world.sell_to, *lines, customer_po="PO-9", order_date=dt.date(2026, 11, 1))


def test_a_row_ships_and_bills_on_its_own_days(order):
    batch = shipments(
        {"site": "PEN", "tracking": "T1", "delivered_date": "2026-11-22", "invoice_number": "R-1"},
        {"line": "2", "quantity": "500", "ship_date": "2026-11-21"},
    )
    assert (counts(batch), codes(batch)) == ((2, 0, 0, 0), [])
    told = OrderLedger.objects.filter(verb__in=("shipped", "invoiced")).order_by("id")
    assert [(row.verb, row.quantity_delta, row.value_delta, str(row.business_date)) for row in told] == [
        ("shipped", -400, -48000, "2026-11-20"),
        ("invoiced", 400, 48000, "2026-11-20"),
        ("shipped", -500, -60000, "2026-11-21"),
    ]
    first = Shipment.objects.get(tracking="T1")
    assert (first.site_party.code, str(first.delivered_date), first.invoice.number) == ("SITE", "2026-11-22", "R-1")
    assert Invoice.objects.count() == 1


def test_the_same_file_and_an_export_change_nothing(order):
    rows = [{"tracking": "T1", "invoice_number": "R-1"}, {"tracking": "T2"}]
    assert counts(shipments(*rows)) == (2, 0, 0, 0)
    assert counts(shipments(*rows)) == (0, 0, 2, 0)
    for ending in ("csv", "xlsx"):
        assert counts(take("shipments", export_bytes(kind_named("shipments"), ending))) == (0, 0, 2, 0)
    assert counts(shipments(*rows, {"tracking": "T3", "quantity": "1"})) == (1, 0, 2, 0)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"customer_po": "PO-0"}, "customer_po", "unknown_order"),
        ({"line": "7"}, "line", "unknown_line"),
        ({"quantity": "0"}, "quantity", "not_positive"),
        ({"quantity": "-1"}, "quantity", "not_positive"),
        ({"ship_date": "2026-11-24"}, "ship_date", "future_date"),
        ({"ship_date": "2026-10-31"}, "ship_date", "before_order"),
        ({"delivered_date": "2026-11-19"}, "delivered_date", "before_shipping"),
        ({"invoice_date": "2026-12-19"}, "invoice_date", "future_date"),
        ({"site": "NOWHERE"}, "site", "unknown_site"),
        ({"sell_to": "NOBODY"}, "sell_to", "unknown_party"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(order, wrong, field, code):
    batch = shipments(wrong)
    assert (counts(batch), codes(batch)) == ((0, 1, 0, 0), [(2, field, code)])
    assert not Shipment.objects.exists()


def test_a_line_that_is_not_booked_cannot_ship(world):
    entry = order_entry(world.sell_to, line_entry(world.product, 5), customer_po="PO-9")
    enter_order(entry=entry, by=None, at=NOW)
    batch = shipments({"ship_date": "2026-11-23"})
    assert codes(batch) == [(2, "line", "not_booked")]


def test_old_dates_wait_for_an_accept(world):
    head = "sell_to,customer_po,order_date,line,sku,quantity,request_date"
    content = csv_file(head, "NORTH,PO-9,2026-09-01,1,AUR-1,1000,2026-10-01")
    assert counts(take("orders", content, accept_warnings=True)) == (1, 0, 0, 0)
    old = {"ship_date": "2026-10-01"}
    assert counts(shipments(old)) == (0, 0, 0, 1)
    assert codes(shipments(old)) == [(2, "ship_date", "old_date")]
    assert counts(shipments(old, accept_warnings=True)) == (1, 0, 0, 0)
    assert Schedule.objects.get().shipped_qty == 400


def test_the_same_parcel_twice_in_a_file_is_refused(order):
    assert codes(shipments({}, {})) == [(3, "tracking", "repeated_row")]


def test_more_than_ordered_first_books_the_excess(order):
    assert counts(shipments({"quantity": "1200"})) == (1, 0, 0, 0)
    told = list(OrderLedger.objects.filter(line__line_no=1).order_by("id").values_list("verb", "quantity_delta"))
    assert told == [("booked", 1000), ("qty_increased", 200), ("shipped", -1200)]


@pytest.mark.parametrize("site", ["PEN", "SITE/PEN", "SITE", ""])
def test_a_line_takes_the_site_that_it_first_leaves_from(order, world, site):
    assert counts(shipments({"site": site})) == (1, 0, 0, 0)
    other = make_location(make_party("HOUSE"), "AUSTIN", purpose="ship_from")
    assert counts(shipments({"site": "AUSTIN", "quantity": "600", "ship_date": "2026-11-21"})) == (1, 0, 0, 0)
    assert counts(shipments({"site": "AUSTIN", "line": "2"})) == (1, 0, 0, 0)
    lines = OrderLine.objects.filter(order=order).order_by("line_no")
    assert [line.ship_from_id for line in lines] == [world.site.pk, other.pk]


def test_a_site_of_several_places_names_none(order, world):
    make_location(world.dock, "PEN-2", purpose="ship_from")
    assert counts(shipments({"site": "SITE"}, {"line": "2"})) == (2, 0, 0, 0)
    assert not OrderLine.objects.filter(order=order, ship_from__isnull=False).exists()
