"""Acknowledgements, invoices and credit memos: parsed back from the PDF, they foot and say what they should."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db.models import Sum
from pypdf import PdfReader

from catalog.models import Product
from jobs.files import open_file
from jobs.handle import GiveUp, JobHandle
from jobs.models import GeneratedFile
from orders.actions.acknowledge_order import NothingBooked, acknowledge_order
from orders.actions.cancel_line import cancel_line
from orders.actions.change_price import change_price
from orders.actions.change_quantity import change_quantity
from orders.actions.credit_invoice import CreditPart, credit_invoice
from orders.actions.enter_and_book import enter_and_book
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.set_commit import set_commit
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.actions.transfer_line import transfer_line
from orders.handlers import acknowledge, print_invoice
from orders.models import Acknowledgement, Invoice, Order, OrderLedger
from parties.models import Location, Party
from tests.factories.catalog import make_product
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.factories.parties import make_location
from tests.fixtures import NOW, TODAY
from tests.fulfilment.walk import heavy_world


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def order(world):
    """Three lines for A (direct 0.95), B (ship and debit 0.98 on 1.20) and C (1.20), 1,000 each."""
    lines = [
        line_entry(world.product, 1000, end_buyer_id=each.pk, ship_to_id=world.ship_to.pk, customer_part="NG-1")
        for each in (world.a, world.b, world.c)
    ]
    return book(world.by, world.sell_to, *lines, customer_po="PO 77")


def job(**payload):
    return JobHandle(
        id=None, tenant_id=0, kind="", payload=payload, requested_by_id=None, party_id=None, attempt=1,
        max_attempts=1, at=NOW, report=lambda *_: None,
    )  # fmt: skip


def pages(file_id):
    with open_file(GeneratedFile.objects.get(pk=file_id)) as stored:
        content = stored.read()
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def acknowledged(order):
    return " ".join(pages(acknowledge(job(order_id=order.pk))["file_id"]))


def printed(invoice):
    return " ".join(pages(print_invoice(job(invoice_id=invoice.pk))["file_id"]))


def billed(world, order, line_no=1, quantity=400):
    schedule = order.schedules.get(line__line_no=line_no)
    [gone] = ship_schedules(order_id=order.pk, parts=[ShipPart(schedule.pk, quantity)], occasion=occasion(world.by))
    parts = [InvoicePart(schedule.pk, quantity, gone.value)]
    return issue_invoice(order_id=order.pk, parts=parts, occasion=occasion(world.by))


def ledger_sum(order):
    ordered = ("booked", "qty_increased", "qty_decreased", "cancelled", "price_changed", "split", "transferred")
    return OrderLedger.objects.filter(order=order, verb__in=ordered).aggregate(Sum("value_delta"))["value_delta__sum"]


# acknowledgement ----------------------------------------------------------------------------------------------


def test_the_total_is_the_sum_of_the_ledger_and_lines_are_told(world, order):
    text = acknowledged(order)
    assert ledger_sum(order) == 3350_00
    assert "Order total, USD 3,350.00" in text
    for told in (
        f"Order {order.number} revision 1 · your PO PO 77 of 23 Nov 2026",
        "Sell to Northgate Components",
        "3 lines, 3 deliveries, 3 schedules",
        "1 AUR-1 NG-1 1,000 0.95 950.00",
        "Agreement SPA-A rev 1",
        "Agreement SPA-B rev 1 (ship and debit)",
        "3 AUR-1 NG-1 1,000 1.20 1,200.00",
        "Delivery B, net USD 1,200.00",
        "End buyer C Company",
        "DAP dock (Incoterms® 2020). We send them by DHL Express Express and pay the freight.",
        "goods value: tax and freight are not in them",
        "Page 1 of 2",
    ):
        assert told in text, told


def test_no_cost_and_no_reason_of_ours_reaches_the_customer(world, order):
    change_price(
        order_id=order.pk, line_id=order.lines.get(line_no=3).pk, unit_price=Decimal("1.15"),
        occasion=occasion(world.by, note="the boss wants it"),
    )  # fmt: skip
    text = acknowledged(order)
    assert "Price agreed for this order" in text
    for kept in ("0.98", "boss", "9602"):
        assert kept not in text


def test_what_differs_from_the_po_stands_first(world, order):
    first, second, _ = order.schedules.order_by("line__line_no")
    set_commit(order_id=order.pk, schedule_id=first.pk, to=dt.date(2027, 1, 21), occasion=occasion(world.by))
    set_commit(order_id=order.pk, schedule_id=second.pk, to=first.request_date, occasion=occasion(world.by))
    text = acknowledged(order)
    # a Thursday to the next one
    assert "Line 1 date you asked 14 Jan 2027 we commit 21 Jan 2027, 5 business days later" in text
    assert "Line 3 no commit yet you asked 14 Jan 2027 we answer with a date" in text
    assert "Line 2 date" not in text
    assert "1,000 14 Jan 2027 14 Jan 2027 14 Jan 2027 as asked" in text


def test_held_lines_are_shown_and_left_out_of_the_total(world):
    good = line_entry(world.product, 10, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    unpriced = line_entry(make_product("AUR-9"), 10, end_buyer_id=world.c.pk, customer_price="3.5")
    Party.objects.filter(pk=world.b.pk).update(status="denied")
    denied = line_entry(world.product, 10, end_buyer_id=world.b.pk, ship_to_id=world.ship_to.pk)
    result = enter_and_book(entry=order_entry(world.sell_to, good, unpriced, denied), occasion=occasion(world.by))
    text = acknowledged(result.order)
    assert "Booked lines, net 12.00 Line 2, on hold not included Line 3, on hold not included" in text
    assert "Order total, USD 12.00" in text
    assert "Line 2 price your PO says 3.50 no valid price found: on hold, we quote" in text
    assert "Line 3 on hold we check this line and come back to you" in text
    assert "denied" not in text.lower()
    assert "2 AUR-9 10 open on hold" in text


def test_an_account_is_told_by_its_end(world):
    heavy_world(world)
    line = line_entry(world.product, 4000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    text = acknowledged(book(world.by, world.sell_to, line))
    assert "FCA Penang" in text
    assert "the freight is paid by Northgate Components, on the account ending 2201." in text
    assert "The goods go to Kaskade Spedition, which sends them on" in text
    assert "7N-448" not in text


def test_a_change_gives_a_revision_that_says_what(world, order):
    acknowledged(order)
    schedule = order.schedules.get(line__line_no=1)
    change_quantity(order_id=order.pk, schedule_id=schedule.pk, quantity=1500, occasion=occasion(world.by))
    cancel_line(
        order_id=order.pk, line_id=order.lines.get(line_no=2).pk, occasion=occasion(world.by, reason_code="demand")
    )
    transfer_line(
        order_id=order.pk, line_id=order.lines.get(line_no=3).pk, end_buyer_id=world.a.pk, occasion=occasion(world.by)
    )
    text = acknowledged(order)
    made = Acknowledgement.objects.order_by("-revision").first()
    assert made.changes == [
        "line 1: 1,500 instead of 1,000",
        "line 2 cancelled",
        "line 3: end buyer A Company",
        "order total 2,625.00 instead of 3,350.00",
    ]
    assert "Revision 2 replaces revision 1. Changed: line 1: 1,500 instead of 1,000;" in text
    assert f"Order total, USD {ledger_sum(order) / 100:,.2f}" in text
    assert [each.revision for each in order.acknowledgements.order_by("revision")] == [1, 2]


def test_without_a_printed_change_the_revision_stands(world, order):
    first = acknowledge(job(order_id=order.pk))
    billed(world, order)
    again = acknowledge(job(order_id=order.pk))
    assert again == first
    order.refresh_from_db()
    assert Acknowledgement.objects.get().order_version == order.version


def test_a_revision_is_what_it_was_after_every_edit(world, order):
    before = pages(acknowledge(job(order_id=order.pk))["file_id"])
    made = Acknowledgement.objects.get()
    rename()
    GeneratedFile.objects.filter(pk=made.file_id).update(kind="old")
    Acknowledgement.objects.update(file=None, order_version=0)
    content = Acknowledgement.objects.get().content
    assert content == made.content
    assert "Northgate Components" in " ".join(before)


def rename():
    Party.objects.update(name="Renamed Inc")
    Product.objects.update(description="Something else", sku="NEW-1")
    Location.objects.update(address1="Elsewhere 1", name="Moved")


def test_what_shipped_keeps_its_value_on_the_paper(world, order):
    billed(world, order, quantity=1000)
    text = acknowledged(order)
    assert "Order total, USD 3,350.00" in text
    assert "shipped 23 Nov 2026" in text


def test_an_order_without_a_booked_line_is_not_acknowledged(world):
    entry = order_entry(world.sell_to, line_entry(make_product("AUR-9"), 10))
    order = enter_and_book(entry=entry, occasion=occasion(world.by)).order
    with pytest.raises(NothingBooked):
        acknowledge_order(order_id=order.pk, occasion=occasion(world.by))
    with pytest.raises(GiveUp, match="nothing to acknowledge"):
        acknowledge(job(order_id=order.pk))
    assert not Acknowledgement.objects.exists()


def test_a_blanket_is_acknowledged_without_commits(world):
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    text = acknowledged(book(world.by, world.sell_to, line, order_type="blanket"))
    assert "Blanket order acknowledgement" in text
    assert "no commit yet" not in text
    assert "What differs" not in text


def test_a_long_order_goes_over_pages_with_running_heads(world):
    lines = [
        line_entry(world.product, 100 + number, end_buyer_id=buyer.pk, ship_to_id=world.ship_to.pk)
        for number, buyer in enumerate([world.a, world.c] * 60)
    ]
    order = book(world.by, world.sell_to, *lines, customer_po="LONG")
    found = pages(acknowledge(job(order_id=order.pk))["file_id"])
    assert len(found) > 4
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert f"Order {order.number} revision 1" in page
    for page in found[1:]:
        assert f"Order acknowledgement {order.number} revision 1" in page
    assert "Lines 1 to 120 no commit yet" in found[0]
    total = sum(int(95 * (100 + n)) if n % 2 == 0 else 120 * (100 + n) for n in range(120))
    assert f"Order total, USD {total / 100:,.2f}" in " ".join(found)
    assert ledger_sum(order) == total


# invoices -----------------------------------------------------------------------------------------------------


def test_an_invoice_foots_to_its_ledger_rows(world, order):
    invoice = billed(world, order)
    text = printed(invoice)
    rows = OrderLedger.objects.filter(invoice_line__invoice=invoice).aggregate(Sum("value_delta"))
    assert rows["value_delta__sum"] == 380_00
    for told in (
        f"{invoice.number} · 23 Nov 2026",
        "Bill to Northgate Components",
        "1 / 1 AUR-1 Regulator",
        "A Company Agreement SPA-A rev 1 400 0.95 380.00",
        "Invoice total, USD 380.00",
        "Please pay by 23 Dec 2026 USD 380.00",
        "30 days net from the invoice date",
        "Your PO PO 77",
        "Page 1 of 1",
    ):
        assert told in text, told


def test_an_invoice_is_printed_from_what_was_stored(world, order):
    invoice = billed(world, order)
    rename()
    change_price(
        order_id=order.pk, line_id=order.lines.get(line_no=1).pk, unit_price=Decimal("9.99"),
        occasion=occasion(world.by, note="new"),
    )  # fmt: skip
    text = printed(invoice)
    assert "Northgate Components" in text
    assert "AUR-1 Regulator" in text
    assert "400 0.95 380.00" in text
    for new in ("Renamed", "NEW-1", "Something else", "Elsewhere", "9.99"):
        assert new not in text


def test_goods_that_shipped_before_a_price_change_show_the_price_they_shipped_at(world, order):
    schedule = order.schedules.get(line__line_no=3)
    [gone] = ship_schedules(order_id=order.pk, parts=[ShipPart(schedule.pk, 400)], occasion=occasion(world.by))
    change_price(
        order_id=order.pk, line_id=schedule.line_id, unit_price=Decimal("1.00"), occasion=occasion(world.by, note="new")
    )
    parts = [InvoicePart(schedule.pk, 400, gone.value)]
    invoice = issue_invoice(order_id=order.pk, parts=parts, occasion=occasion(world.by))
    assert "400 1.20 480.00" in printed(invoice)


def test_an_invoice_is_printed_once(world, order):
    invoice = billed(world, order)
    assert print_invoice(job(invoice_id=invoice.pk)) == print_invoice(job(invoice_id=invoice.pk))
    assert GeneratedFile.objects.filter(kind="invoice").count() == 1


def test_loaded_history_is_frozen_when_it_is_first_printed(world, order):
    schedule = order.schedules.get(line__line_no=1)
    [gone] = ship_schedules(order_id=order.pk, parts=[ShipPart(schedule.pk, 400)], occasion=occasion(world.by))
    invoice = issue_invoice(
        order_id=order.pk, parts=[InvoicePart(schedule.pk, 400, gone.value)], occasion=occasion(world.by), number="X-1"
    )
    assert invoice.frozen is None
    assert "Northgate Components" in printed(invoice)
    Party.objects.update(name="Renamed Inc")
    invoice.refresh_from_db()
    invoice.file = None
    invoice.save()
    assert "Northgate Components" in printed(invoice)


def test_an_invoice_that_does_not_foot_is_not_printed(world, order):
    invoice = billed(world, order)
    Invoice.objects.update(total=1)
    with pytest.raises(GiveUp, match="total 1, lines 38000, ledger 38000"):
        print_invoice(job(invoice_id=invoice.pk))


def test_a_credit_memo_stands_beside_its_invoice(world, order):
    invoice = billed(world, order)
    schedule = order.schedules.get(line__line_no=1)

    def credit(quantity, value, kind, note):
        part = CreditPart(schedule.pk, quantity, value)
        return credit_invoice(
            invoice_id=invoice.pk, parts=[part], credit_kind=kind, occasion=occasion(world.by, note=note)
        )

    first = credit(0, 30_00, "price", "Price matched to the offer")
    second = credit(100, 95_00, "quantity", "Short delivery")
    text = printed(first)
    for told in (
        f"{first.number} · 23 Nov 2026 · price credit",
        "Credit USD 30.00",
        "Invoice total 380.00",
        "Credited before 0.00",
        "Left of the invoice 350.00",
        "Credit, USD 30.00",
        "Price matched to the offer",
    ):
        assert told in text, told
    text = printed(second)
    assert "Credited before 30.00 Left of the invoice 255.00" in text
    assert "100 0.95 95.00" in text
    assert "Invoice total, USD 380.00" in printed(invoice)
    told = OrderLedger.objects.filter(invoice_line__invoice=second).aggregate(Sum("value_delta"))
    assert told["value_delta__sum"] == -95_00


def test_an_office_is_the_address_of_a_party(world):
    make_location(world.sell_to, "HQ", purpose="office", address1="1 Head Street", name="Head office")
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    order = book(world.by, world.sell_to, line)
    assert "1 Head Street" in printed(billed(world, order))
    assert "1 Head Street" in acknowledged(order)
    assert Order.objects.get().order_date == TODAY
