"""POS files into lines: what is new, what is known, what is corrected, what is taken back."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from catalog.models import PartNumber, UnitFactor
from channel_inventory.choices import PosState
from channel_inventory.models import PosLine, ReportedEndBuyer
from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from exchange.models import ImportRow
from jobs.files import open_file
from tests.channel_inventory.pos.reports import report, sheet
from tests.exchange.files import codes, counts, take
from tests.factories.catalog import make_product
from tests.factories.parties import make_location, make_party, make_sell_to
from tests.fixtures import NOW, TODAY


def test_a_line_keeps_what_was_reported_beside_what_it_means(world):
    branch = make_location(world.sell_to, "WEST")
    batch = report(
        world,
        {
            "branch": "WEST", "end_buyer_code": "H-77", "end_buyer_address": "1 Rail St", "end_buyer_city": "Reno",
            "end_buyer_postcode": "89501", "end_buyer_country": "US", "agreement": "SPA-B", "customer_po": "PO-5",
        },
    )  # fmt: skip
    assert (counts(batch), codes(batch)) == ((1, 0, 0, 0), [])
    line = PosLine.objects.get()
    assert (line.partner_id, line.product_id, line.location_id) == (world.sell_to.pk, world.product.pk, branch.pk)
    assert (line.line_key, line.quantity, line.resale_price) == ("INV-1/1", 100, Decimal("1.5"))
    assert (line.invoice_date, line.received_on, line.recorded_at) == (dt.date(2026, 11, 16), TODAY, NOW)
    assert (line.cited_agreement, line.customer_po, line.batch_id) == ("SPA-B", "PO-5", batch.pk)
    text = ReportedEndBuyer.objects.get()
    assert (text.name, text.code, text.city, text.country) == ("Halden Rail", "H-77", "Reno", "US")
    assert (text.normalised_name, text.normalised_address) == ("halden rail", "1 rail st reno 89501 us")
    assert (line.reported_end_buyer_id, text.partner_id) == (text.pk, world.sell_to.pk)


def test_the_same_file_twice_changes_nothing_and_an_overlapping_one_counts_what_is_new(world):
    first = [{"invoice_line": str(number)} for number in range(1, 4)]
    assert counts(report(world, *first)) == (3, 0, 0, 0)
    assert counts(report(world, *first)) == (0, 0, 3, 0)
    assert counts(report(world, *first[1:], {"invoice_line": "4"})) == (1, 0, 2, 0)
    assert PosLine.objects.count() == 4


def test_a_changed_line_is_a_correction_that_names_what_it_replaces(world):
    report(world, {})
    batch = report(world, {"quantity": "80"})
    assert counts(batch) == (1, 0, 0, 0)
    assert ImportRow.objects.get(batch=batch).change == "update"
    old, new = PosLine.objects.order_by("pk")
    assert (old.state, old.quantity, new.state, new.quantity) == (PosState.CORRECTED, 100, PosState.CURRENT, 80)
    assert (new.corrects_id, new.line_key) == (old.pk, old.line_key)


def test_the_same_sale_in_other_words_is_a_repeat(world):
    UnitFactor.objects.create(unit="BX", base_unit="EA", factor=50)
    PartNumber.objects.create(product=world.product, party=world.sell_to, number="N-1")
    report(world, {"customer_po": "po 1"})
    again = {"sku": "N-1", "quantity": "2", "unit": "bx", "resale_price": "75.00", "end_buyer_name": "HALDEN  RAIL"}
    batch = report(world, {**again, "invoice_number": "inv-1", "customer_po": "PO 1"})
    assert counts(batch) == (0, 0, 1, 0)


def test_boxes_become_pieces_and_a_parts_own_factor_beats_the_general_one(world):
    other = make_product("AUR-2")
    UnitFactor.objects.create(unit="BX", base_unit="EA", factor=50)
    UnitFactor.objects.create(unit="BX", base_unit="EA", factor=12, product=other)
    report(
        world,
        {"quantity": "3", "unit": "BX", "resale_price": "100"},
        {"invoice_line": "2", "sku": "AUR-2", "quantity": "3", "unit": "BX", "resale_price": "100"},
    )
    first, second = PosLine.objects.order_by("pk")
    assert (first.quantity, first.resale_price, first.reported_quantity, first.reported_unit) == (150, 2, 3, "BX")
    assert (second.quantity, second.resale_price) == (36, Decimal("8.333333"))


def test_lines_that_an_invoice_does_not_tell_apart_are_counted_and_known_again_in_any_order(world):
    lines = [{"invoice_line": "", "quantity": quantity} for quantity in ("10", "20", "20")]
    assert counts(report(world, *lines)) == (3, 0, 0, 0)
    assert counts(report(world, *reversed(lines))) == (0, 0, 3, 0)
    keys = list(PosLine.objects.order_by("pk").values_list("line_key", flat=True))
    assert [key.rpartition("#")[2] for key in keys[1:]] == ["2", "3"]
    assert keys[0].startswith("INV-1/AUR-1/")
    assert len(set(keys)) == 3


def test_one_text_is_kept_once_however_many_lines_name_it(world):
    names = ["Halden Rail", "HALDEN RAIL", "Tarn Tools"]
    report(world, *({"invoice_line": str(at), "end_buyer_name": name} for at, name in enumerate(names, 1)))
    assert list(ReportedEndBuyer.objects.order_by("pk").values_list("name", flat=True)) == ["Halden Rail", "Tarn Tools"]


def test_the_partner_comes_from_a_column_and_a_branch_reports_for_it(world):
    make_party("NORTH-W", parent=world.sell_to)
    other = make_sell_to("SOUTH")
    content = sheet({"partner": "NORTH-W"}, {"partner": "SOUTH"}, {"partner": "", "invoice_line": "2"})
    batch = take("pos", content)
    assert codes(batch) == [(4, "partner", "missing")]
    assert list(PosLine.objects.order_by("pk").values_list("partner_id", flat=True)) == [world.sell_to.pk, other.pk]


def test_what_is_exported_and_uploaded_again_changes_nothing(world):
    UnitFactor.objects.create(unit="BX", base_unit="EA", factor=3)
    make_location(world.sell_to, "WEST")
    report(
        world,
        {"branch": "WEST", "quantity": "7", "unit": "BX", "resale_price": "10", "agreement": "SPA-B"},
        {"invoice_line": "", "claim_amount": "12.34"},
        {"invoice_number": "CN-1", "quantity": "-4", "original_invoice": "INV-1/1"},
    )
    assert PosLine.objects.count() == 3
    for ending in ("csv", "xlsx"):
        batch = take("pos", export_bytes(kind_named("pos"), ending))
        assert (counts(batch), codes(batch)) == ((0, 0, 3, 0), [])


def test_a_return_names_its_sale_by_the_same_invoice_or_by_the_one_it_tells(world):
    report(world, {}, {"invoice_line": "2", "quantity": "50"})
    sale, second = PosLine.objects.order_by("pk")
    batch = report(
        world,
        {"quantity": "-30"},
        {"invoice_number": "CN-9", "invoice_line": "7", "quantity": "-20", "original_invoice": "INV-1/2"},
    )
    assert (counts(batch), codes(batch)) == ((2, 0, 0, 0), [])
    first, other = PosLine.objects.filter(quantity__lt=0).order_by("pk")
    assert (first.returns_id, first.corrects_id, other.returns_id) == (sale.pk, None, second.pk)
    assert PosLine.objects.get(pk=sale.pk).state == PosState.CURRENT


def test_no_more_is_taken_back_than_was_sold(world):
    report(world, {})
    assert counts(report(world, {"quantity": "-60"})) == (1, 0, 0, 0)
    batch = report(world, {"quantity": "-60", "invoice_number": "CN-1", "original_invoice": "INV-1"})
    assert codes(batch) == [(2, "quantity", "return_without_original")]
    message = ImportRow.objects.get(batch=batch).findings[0]["message"]
    assert message == "Only 40 of the 100 sold are left to take back."


def test_a_return_of_a_sale_in_the_same_file_goes_in_with_it_and_waits_with_it(world):
    sale, back = {"invoice_number": "INV-5"}, {"invoice_number": "INV-5", "quantity": "-10"}
    late = {"invoice_date": "2026-05-04"}
    batch = report(world, {**sale, **late}, {**back, "invoice_date": "2026-11-20"})
    assert codes(batch) == [(2, "invoice_date", "outside_window"), (3, "quantity", "return_without_original")]
    assert counts(report(world, sale, back)) == (2, 0, 0, 0)
    sold, returned = PosLine.objects.order_by("pk")
    assert returned.returns_id == sold.pk


def test_a_return_follows_its_sale_when_that_is_corrected(world):
    report(world, {}, {"quantity": "-10"})
    report(world, {"resale_price": "1.75"})
    new = PosLine.objects.get(quantity__gt=0, state=PosState.CURRENT)
    assert PosLine.objects.get(quantity__lt=0).returns_id == new.pk


def test_a_bad_row_blocks_no_good_one_and_comes_back_to_be_mended(world):
    batch = report(world, {}, {"invoice_line": "2", "sku": "GONE"}, {"invoice_line": "3", "quantity": "0"})
    assert counts(batch) == (1, 2, 0, 0)
    with open_file(batch.error_file) as file:
        mended = file.read().decode("utf-8-sig").replace("GONE", "AUR-1").replace(",0,", ",5,")
    again = take("pos", mended, party_id=world.sell_to.pk)
    assert counts(again) == (2, 0, 0, 0)
    assert PosLine.objects.count() == 3


def test_a_formula_comes_back_as_text_and_is_known_again(world):
    """What a spreadsheet would run stands behind an apostrophe in the error file, and without it in our tables."""
    name = "=HYPERLINK('http://x','y')"
    batch = report(world, {"end_buyer_name": f'"{name}"', "sku": "GONE"})
    with open_file(batch.error_file) as file:
        sent = file.read().decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(sent)))
    assert row["end_buyer_name"] == f"'{name}"
    take("pos", sent.replace("GONE", "AUR-1"), party_id=world.sell_to.pk)
    assert PosLine.objects.get().reported_end_buyer.name == name


@pytest.mark.parametrize("price", ["0.97", "0.98"])
def test_a_resale_below_the_agreed_cost_waits_for_an_accept(world, price):
    batch = report(world, {"end_buyer_name": "B", "resale_price": price})
    expected = [(2, "resale_price", "below_agreed_cost")] if price == "0.97" else []
    assert codes(batch) == expected
    taken = report(world, {"end_buyer_name": "B", "resale_price": price}, accept_warnings=True)
    assert taken.rejected_count == 0
    assert PosLine.objects.get().warnings == [code for _, _, code in expected]
