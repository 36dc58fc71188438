"""Orders from files: entered, booked on their own day, refused, waiting, added to."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import PartNumber
from exchange.actions.accept_batch import accept_batch
from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from jobs.models import JobRequest
from orders.choices import OrderSource
from orders.models import Hold, Order, OrderLine, Schedule
from parties.models import PartyAlias
from tenancy.scope import tenant_scope
from tests.exchange.files import codes, counts, take
from tests.factories.catalog import make_product
from tests.factories.orders import book, line_entry, told
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.pricing import make_price_list
from tests.fixtures import NOW, TODAY

COLUMNS = "sell_to,customer_po,order_date,line,sku,quantity,unit_price,end_buyer,ship_to,request_date,commit_date"
ROW = {
    "sell_to": "NORTH",
    "customer_po": "PO-1",
    "order_date": "2026-11-20",
    "line": "1",
    "sku": "AUR-1",
    "quantity": "1000",
    "unit_price": "1.20",
    "end_buyer": "C",
    "ship_to": "NORTH/MAIN",
    "request_date": "2027-01-14",
    "commit_date": "",
}


def file_of(*rows, columns=COLUMNS):
    names = columns.split(",")
    return "\n".join([columns, *(",".join({**ROW, **row}.get(name, "") for name in names) for row in rows)]) + "\n"


def orders(*rows, columns=COLUMNS, **options):
    return take("orders", file_of(*rows, columns=columns), **options)


def test_an_order_books_on_its_own_date_and_takes_its_commit(world):
    batch = orders({"commit_date": "2027-01-20"}, {"line": "2", "end_buyer": "A", "unit_price": "0.95"})
    assert counts(batch) == (2, 0, 0, 0)
    order = Order.objects.get()
    assert (order.source, order.import_batch_id, order.currency) == (OrderSource.FILE, batch.pk, "USD")
    assert (order.order_date, order.value, order.bill_to_id) == (dt.date(2026, 11, 20), 215000, world.sell_to.pk)
    assert told(order) == [("booked", 1000, 120000), ("commit_set", 0, 0), ("booked", 1000, 95000)]
    first = Schedule.objects.get(line__line_no=1)
    assert (first.first_commit, first.current_commit) == (dt.date(2027, 1, 20), dt.date(2027, 1, 20))


def test_the_same_file_twice_changes_nothing_even_after_the_order_moved_on(world):
    content = file_of({}, {"line": "2"})
    take("orders", content)
    Schedule.objects.update(request_date=dt.date(2027, 3, 1))
    assert counts(take("orders", content)) == (0, 0, 2, 0)
    assert Order.objects.count() == 1


def test_an_export_imported_again_changes_nothing(world):
    line = line_entry(world.product, 500, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    book(world.by, world.sell_to, line, customer_po="TYPED")
    orders({}, {"line": "7", "customer_po": "PO-2"})
    for ending in ("csv", "xlsx"):
        assert counts(take("orders", export_bytes(kind_named("orders"), ending))) == (0, 0, 3, 0)


def test_a_line_that_is_there_and_different_is_refused(world):
    orders({})
    assert codes(orders({"quantity": "2000"})) == [(2, "line", "already_entered")]
    assert counts(orders({"customer_po": "po - 1", "sell_to": "north"})) == (0, 0, 1, 0)


def test_a_mended_row_joins_its_order(world):
    batch = orders({}, {"line": "2", "sku": "AUR-9"})
    assert (counts(batch), codes(batch)) == ((1, 1, 0, 0), [(3, "sku", "unknown_product")])
    make_price_list(make_product("AUR-9"), "2", party=None, kind="base")
    again = accept_batch(batch_id=batch.pk, accept_warnings=False, by=None, at=NOW)
    assert counts(again) == (2, 0, 0, 0)
    order = Order.objects.get()
    assert [line.line_no for line in order.lines.order_by("line_no")] == [1, 2]
    assert order.line_count == 2


def test_a_line_more_for_an_order_typed_by_hand_waits(world):
    book(world.by, world.sell_to, line_entry(world.product, 500), customer_po="PO-1")
    batch = orders({"line": "2"})
    assert (counts(batch), codes(batch)) == ((0, 0, 0, 1), [(2, "customer_po", "adds_to_order")])
    assert counts(orders({"line": "2"}, accept_warnings=True)) == (1, 0, 0, 0)
    assert OrderLine.objects.count() == 2


FEBRUARY = {"quantity": "600", "request_date": "2027-02-11"}


def test_a_line_with_several_dates_is_one_line_of_several_schedules(world):
    batch = orders({"quantity": "400", "commit_date": "2027-01-20"}, {"line": "2"}, FEBRUARY)
    assert counts(batch) == (3, 0, 0, 0)
    first, second = OrderLine.objects.order_by("line_no")
    assert (first.quantity, second.quantity, Order.objects.get().line_count) == (1000, 1000, 2)
    parts = first.schedules.order_by("number").values_list("number", "quantity", "request_date", "current_commit")
    assert list(parts) == [
        (1, 400, dt.date(2027, 1, 14), dt.date(2027, 1, 20)),
        (2, 600, dt.date(2027, 2, 11), None),
    ]


def test_minimum_and_multiple_are_those_of_the_whole_line(world):
    world.product.minimum_qty, world.product.multiple_qty = 1000, 500
    world.product.save()
    assert counts(orders({"quantity": "400"}, FEBRUARY)) == (2, 0, 0, 0)
    assert codes(orders({"quantity": "401", "customer_po": "X"}, {**FEBRUARY, "customer_po": "X"})) == [
        (2, "quantity", "not_multiple"), (3, "quantity", "not_multiple")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"sku": "AUR-2"}, "sku"),
        ({"end_buyer": "A"}, "end_buyer"),
        ({"ship_to": "A/MAIN"}, "ship_to"),
        ({"unit_price": "1.21"}, "unit_price"),
    ],
)
def test_rows_of_one_line_that_differ_in_more_than_their_dates_are_refused_together(world, other, field):
    make_product("AUR-2")
    make_location(world.a)
    batch = orders({"quantity": "400"}, {**FEBRUARY, **other}, {"line": "2"})
    assert codes(batch) == [(2, "line", "line_incomplete"), (3, field, "line_differs")]
    assert (counts(batch), OrderLine.objects.get().line_no) == ((1, 2, 0, 0), 2)


def test_the_same_line_and_dates_twice_is_a_repetition(world):
    assert codes(orders({}, {"quantity": "600"})) == [(2, "line", "line_incomplete"), (3, "line", "repeated_row")]


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"request_date": "2099-01-01"}, "request_date", "far"),
        ({"request_date": "soon"}, "request_date", "bad_date"),
        ({"ship_to": "NOWHERE"}, "ship_to", "unknown_location"),
    ],
)
def test_a_line_waits_for_its_wrong_row_and_is_entered_whole_when_mended(world, wrong, field, code):
    batch = orders({"quantity": "400"}, {**FEBRUARY, **wrong})
    assert codes(batch) == [(2, "line", "line_incomplete"), (3, field, code)]
    assert not Order.objects.exists()
    assert counts(orders({"quantity": "400"}, FEBRUARY)) == (2, 0, 0, 0)


def test_schedules_of_a_file_are_known_again_and_leave_as_they_came(world):
    rows = ({"quantity": "400"}, FEBRUARY)
    orders(*rows)
    assert counts(orders(*rows, {"line": "2"})) == (1, 0, 2, 0)
    assert counts(orders(rows[0], {**FEBRUARY, "quantity": "700"})) == (0, 2, 0, 0)
    exported = export_bytes(kind_named("orders"), "csv")
    dates = [(line.split(",")[8], line.split(",")[-2]) for line in exported.decode("utf-8-sig").split()[1:]]
    assert dates == [("400", "2027-01-14"), ("600", "2027-02-11"), ("1000", "2027-01-14")]
    assert counts(take("orders", exported)) == (0, 0, 3, 0)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"quantity": "0"}, "quantity", "not_positive"),
        ({"quantity": "-5"}, "quantity", "not_positive"),
        ({"quantity": "1.5"}, "quantity", "not_whole"),
        ({"quantity": "1050"}, "quantity", "not_multiple"),
        ({"quantity": "50"}, "quantity", "below_minimum"),
        ({"unit_price": "0,95"}, "quantity", ""),
        ({"sell_to": "NOBODY"}, "sell_to", "unknown_party"),
        ({"sell_to": "A"}, "sell_to", "role"),
        ({"end_buyer": "Nobody Inc"}, "end_buyer", "unknown_party"),
        ({"ship_to": "NOWHERE"}, "ship_to", "unknown_location"),
        ({"order_date": "2026-12-24"}, "order_date", "future"),
        ({"order_date": "11/20/2026"}, "order_date", "bad_date"),
        ({"request_date": "2026-11-01"}, "request_date", "past"),
        ({"request_date": "2099-01-01"}, "request_date", "far"),
        ({"commit_date": "2026-01-01"}, "commit_date", "past"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world, wrong, field, code):
    world.product.minimum_qty, world.product.multiple_qty = 100, 100
    world.product.save()
    if "unit_price" in wrong:
        content = file_of({}).replace("1.20", '"0,95"')
        assert codes(take("orders", content)) == [(2, "unit_price", "wrong_decimal_mark")]
        return
    batch = orders(wrong)
    assert (2, field, code) in codes(batch)
    assert (counts(batch)[:2], Order.objects.count()) == ((0, 1), 0)


def test_two_currencies_in_one_po_are_not_mixed(world):
    columns = COLUMNS + ",currency"
    batch = orders({"currency": "USD"}, {"line": "2", "currency": "EUR"}, columns=columns)
    assert (counts(batch), codes(batch)) == ((1, 1, 0, 0), [(3, "currency", "mixed_currency")])


def test_the_pos_own_price_is_kept_and_compared(world):
    orders({"unit_price": "1.10"})
    line = OrderLine.objects.get()
    assert (line.customer_price, line.unit_price, line.status) == (Decimal("1.10"), Decimal("1.20"), "held")
    assert Hold.objects.get().kind == "price_differs"


def test_old_dates_wait_for_an_accept_and_the_whole_order_waits_with_them(world):
    old = {"customer_po": "PO-OLD", "order_date": "2026-08-01", "request_date": "2026-09-01"}
    rows = [{}, old, {**old, "line": "2", "request_date": "2027-02-01"}]
    batch = orders(*rows)
    assert counts(batch) == (1, 0, 0, 2)
    assert (3, "order_date", "old_date") in codes(batch)
    again = orders(*rows, accept_warnings=True)
    assert counts(again) == (2, 0, 1, 0)
    loaded = Order.objects.get(customer_po="PO-OLD")
    assert set(loaded.lines.values_list("booked_date", flat=True)) == {dt.date(2026, 8, 1)}


def test_dates_within_the_window_need_no_accept(world):
    assert counts(orders({"order_date": "2026-10-30", "request_date": "2026-11-10"})) == (1, 0, 0, 0)


def test_a_row_waits_with_its_neighbour(world):
    old = {"order_date": "2026-11-20", "request_date": "2027-02-01", "sku": "AUR-1"}
    make_product("AUR-2")
    PartNumber.objects.create(product=world.product, party=world.sell_to, number="N-1")
    columns = COLUMNS + ",customer_part"
    batch = orders({**old, "sku": "AUR-2", "customer_part": "N-1"}, {**old, "line": "2"}, columns=columns)
    assert codes(batch) == [(2, "customer_part", "part_differs"), (3, "customer_po", "order_waits")]


def test_buyers_names_and_part_numbers_resolve_through_what_was_learnt(world):
    PartyAlias.objects.create(party=world.a, alias="4711", normalised="4711", reported_by=world.sell_to)
    PartNumber.objects.create(product=world.product, party=world.sell_to, number="N-1")
    columns = COLUMNS.replace("sku", "customer_part")
    orders({"customer_part": "N-1", "end_buyer": "4711", "unit_price": "0.95"}, columns=columns)
    line = OrderLine.objects.get()
    assert (line.product_id, line.end_buyer_id) == (world.product.pk, world.a.pk)
    assert (line.customer_part, line.reported_end_buyer) == ("N-1", "4711")


def test_a_code_of_several_places_means_the_end_buyers_or_the_sell_tos(world):
    make_location(make_party("ELSE"), "MAIN")
    orders({"ship_to": "MAIN"})
    assert OrderLine.objects.get().ship_to_id == world.ship_to.pk
    mine = make_location(world.c, "MAIN")
    orders({"ship_to": "MAIN", "customer_po": "PO-2"})
    assert OrderLine.objects.get(order__customer_po="PO-2").ship_to_id == mine.pk


def test_a_partners_file_speaks_for_the_partner_and_its_branches(world):
    branch = make_sell_to("BRANCH", parent=world.sell_to)
    make_sell_to("RIVAL")
    make_price_list(world.product, "1.20", party=branch)
    rows = [{"sell_to": ""}, {"sell_to": "BRANCH"}, {"sell_to": "RIVAL"}]
    batch = orders(*rows, party_id=world.sell_to.pk, partner_code="NORTH")
    assert codes(batch) == [(4, "sell_to", "other_party")]
    assert {order.sell_to.code for order in Order.objects.all()} == {"NORTH", "BRANCH"}


def test_codes_of_another_tenant_mean_nothing(world, kestrel):
    with tenant_scope(kestrel.pk):
        make_location(make_sell_to("KES"), "THEIRS")
        make_product("K-1")
        make_end_buyer("KEB")
    wrong = {"sell_to": "KES", "sku": "K-1"}
    batch = orders(wrong, {"end_buyer": "KEB"}, {"line": "2", "ship_to": "KES/THEIRS"})
    assert [code for _, _, code in codes(batch)] == [
        "unknown_party",
        "unknown_product",
        "unknown_party",
        "unknown_location",
    ]
    assert Order.objects.count() == 0


def test_half_a_row_stays_out_and_the_others_are_in(world):
    content = file_of({}, {"line": "2"}).rstrip("\n") + "\nNORTH,PO-1,2026-11-20,3,AUR-1\n"
    batch = take("orders", content)
    assert (counts(batch)[:2], codes(batch)[0]) == ((2, 1), (4, "", "incomplete_row"))


def test_a_preview_takes_the_same_queries_for_ten_rows_and_for_a_thousand(world):
    def queries(lines):
        rows = [{"customer_po": f"Q{lines}-{n // 5}", "line": str(n % 5 + 1)} for n in range(lines)]
        with CaptureQueriesContext(connection) as captured:
            batch = orders(*rows, is_dry_run=True)
        assert batch.rejected_count == 0
        return len(captured)

    assert queries(1_000) == queries(10)


def test_today_is_the_tenants_own_day(world):
    assert counts(orders({"order_date": str(TODAY)})) == (1, 0, 0, 0)
    assert codes(orders({"customer_po": "X", "order_date": str(TODAY + dt.timedelta(days=1))}))[0][2] == "future"


def acknowledgements_asked():
    return list(JobRequest.objects.filter(kind="order_acknowledgement").values_list("unique_key", flat=True))


def test_what_a_file_books_is_acknowledged_once_as_from_the_form(world):
    content = file_of({}, {"customer_po": "PO-2", "unit_price": "0.10"})
    take("orders", content)
    order = Order.objects.get(customer_po="PO-1")
    assert acknowledgements_asked() == [f"{order.pk}/{order.version}"], "the other one waits on hold"
    take("orders", content)
    assert len(acknowledgements_asked()) == 1
    orders({"line": "2"})
    order.refresh_from_db()
    assert acknowledgements_asked()[-1] == f"{order.pk}/{order.version}"
    assert len(acknowledgements_asked()) == 2, "a line more is another version"


def test_history_from_a_file_is_not_acknowledged(world):
    content = file_of({"order_date": "2026-06-01", "request_date": "2026-07-01"})
    take("orders", content, accept_warnings=True)
    assert Order.objects.get().status == "booked"
    assert acknowledgements_asked() == []
