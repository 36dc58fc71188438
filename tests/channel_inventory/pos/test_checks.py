"""Each check of a POS line by its code, and files that come in as nobody wants them: a clear answer each."""

import datetime as dt

import pytest

from catalog.models import PartNumber, UnitFactor
from channel_inventory.models import PartnerTerms, PosLine
from exchange.actions.import_file import import_file
from exchange.actions.save_column_map import save_column_map
from exchange.choices import BatchState
from exchange.models import ImportRow
from tests.channel_inventory.pos.reports import HEAD, report, sheet
from tests.exchange.files import codes, counts, csv_file, take
from tests.factories.catalog import make_product
from tests.factories.parties import make_location, make_party, make_sell_to


def said(batch):
    return [finding["message"] for row in ImportRow.objects.filter(batch=batch) for finding in row.findings]


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"sku": "GONE"}, "sku", "unknown_product"),
        ({"branch": "NOWHERE"}, "branch", "unknown_location"),
        ({"invoice_date": "31.11.2026"}, "invoice_date", "bad_date"),
        ({"invoice_date": "2026-11-31"}, "invoice_date", "bad_date"),
        ({"invoice_date": "2026-11-24"}, "invoice_date", "future_date"),
        ({"quantity": "0"}, "quantity", "zero_quantity"),
        ({"quantity": "1.5"}, "quantity", "not_whole"),
        ({"quantity": "-1"}, "quantity", "return_without_original"),
        ({"invoice_date": "2026-08-24"}, "invoice_date", "outside_window"),
        ({"unit": "CA"}, "unit", "unknown_unit"),
        ({"currency": "XXQ"}, "currency", "unknown_currency"),
        ({"end_buyer_name": ""}, "end_buyer_name", "missing"),
        ({"resale_price": "-1"}, "resale_price", "too_small"),
        ({"quantity": "9999999999999999"}, "quantity", "too_large"),
        ({"quantity": str(10**12 + 1), "resale_price": "0.01"}, "quantity", "too_large"),
        ({"quantity": str(10**12), "resale_price": "10.01"}, "resale_price", "too_large"),
        ({"resale_price": str(10**13)}, "resale_price", "too_large"),
        ({"claim_amount": str(10**20)}, "claim_amount", "too_large"),
    ],
)
def test_what_is_wrong_is_said_by_its_code(world, wrong, field, code):
    batch = report(world, wrong, {"invoice_number": "INV-2"})
    assert (codes(batch), batch.accepted_count) == ([(2, field, code)], 1)


def test_a_place_of_another_party_is_none_of_the_partners(world):
    make_location(make_sell_to("SOUTH"), "EAST")
    assert codes(report(world, {"branch": "EAST"})) == [(2, "branch", "unknown_location")]


def test_a_branch_may_be_the_place_of_a_branch_company(world):
    place = make_location(make_party("NORTH-W", parent=world.sell_to), "RENO")
    report(world, {"branch": "RENO"})
    assert PosLine.objects.get().location_id == place.pk


def test_the_same_invoice_line_twice_in_a_file_refuses_the_later_row(world):
    batch = report(world, {}, {}, {"quantity": "7"})
    assert codes(batch) == [(3, "invoice_line", "duplicate"), (4, "invoice_line", "duplicate")]
    assert said(batch)[0] == "The same invoice and line as row 2 of this file."


@pytest.mark.parametrize(
    ("at", "day"),
    [
        # a quarter to midnight in Los Angeles, in summer time and on the day after it has ended
        (dt.datetime(2026, 11, 1, 6, 45, tzinfo=dt.UTC), dt.date(2026, 10, 31)),
        (dt.datetime(2026, 11, 2, 7, 45, tzinfo=dt.UTC), dt.date(2026, 11, 1)),
        # the hour that comes twice
        (dt.datetime(2026, 11, 1, 8, 30, tzinfo=dt.UTC), dt.date(2026, 11, 1)),
        (dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.UTC), dt.date(2026, 11, 1)),
    ],
)
def test_the_day_of_a_report_is_the_tenants(world, at, day):
    """What is sold today is taken, what is sold tomorrow is not, whatever day it is elsewhere."""
    rows = {"invoice_date": str(day)}, {"invoice_line": "2", "invoice_date": str(day + dt.timedelta(days=1))}
    batch = import_file(
        kind="pos", name="a.csv", content=sheet(*rows).encode(), party_id=world.sell_to.pk, by=None, at=at
    )
    assert codes(batch) == [(3, "invoice_date", "future_date")]
    assert PosLine.objects.get().received_on == day


def test_the_window_is_the_partners_own(world):
    PartnerTerms.objects.create(partner=world.sell_to, window_days=30)
    batch = report(world, {"invoice_date": "2026-10-24"}, {"invoice_number": "2", "invoice_date": "2026-10-23"})
    assert codes(batch) == [(3, "invoice_date", "outside_window")]
    assert counts(batch) == (1, 0, 0, 1)
    again = report(world, {"invoice_number": "2", "invoice_date": "2026-10-23"}, accept_warnings=True)
    assert counts(again) == (1, 0, 0, 0)
    assert PosLine.objects.latest("pk").warnings == ["outside_window"]


def test_lost_leading_zeros_are_answered_with_the_part_that_has_them(world):
    make_product("000786012")
    PartNumber.objects.create(product=world.product, party=world.sell_to, number="0045766")
    batch = report(
        world, {"sku": "786012"}, {"invoice_line": "2", "sku": "45766"}, {"invoice_line": "3", "sku": "AUR1"}
    )
    assert [code for *_, code in codes(batch)] == ["unknown_product"] * 3
    first, second, third = said(batch)
    assert "Did you mean 000786012? Leading zeros were lost" in first
    assert second.endswith("Did you mean AUR-1?")
    assert third.endswith("Did you mean AUR-1?")


def test_boxes_without_a_factor_say_what_is_missing(world):
    (message,) = said(report(world, {"unit": "BX"}))
    assert message == "The report counts in BX, AUR-1 in EA: tell under Units how many EA one BX is."


def test_more_than_can_be_counted_is_refused(world):
    UnitFactor.objects.create(unit="CA", base_unit="EA", factor=10**6)
    assert codes(report(world, {"unit": "CA", "quantity": str(10**12)})) == [(2, "quantity", "too_large")]


# files that come in as nobody wants them -------------------------------------------------------------------------


def test_a_file_that_names_another_partner_is_refused_row_by_row(world):
    make_sell_to("SOUTH")
    batch = take("pos", sheet({"partner": "SOUTH"}), party_id=world.sell_to.pk)
    assert codes(batch) == [(2, "partner", "wrong_partner")]
    assert not PosLine.objects.exists()


def test_the_very_file_of_another_partner_is_refused(world):
    south = make_sell_to("SOUTH")
    take("pos", sheet({}), party_id=south.pk)
    batch = report(world, {})
    assert codes(batch) == [(2, "partner", "wrong_partner")]
    assert said(batch) == ["The very same file came in for SOUTH before."]


def test_a_report_of_nobody_is_refused(world):
    assert codes(take("pos", sheet({}))) == [(2, "partner", "missing")]


def test_who_is_no_partner_cannot_report(world):
    nobody = make_party("JUST-ME", "end_buyer")
    assert codes(take("pos", sheet({}), party_id=nobody.pk)) == [(2, "partner", "wrong_partner")]


def test_half_a_file_brings_the_whole_lines_and_says_which_is_cut(world):
    whole = sheet({}, {"invoice_line": "2"}, {"invoice_line": "3"})
    batch = take("pos", whole[: whole.rindex("1.5,USD")], party_id=world.sell_to.pk)
    assert counts(batch) == (2, 1, 0, 0)
    assert codes(batch)[0] == (4, "", "incomplete_row")
    assert counts(take("pos", whole, party_id=world.sell_to.pk)) == (1, 0, 2, 0)


def test_half_a_workbook_is_not_read_at_all(world):
    batch = take("pos", b"PK\x03\x04" + bytes(200), party_id=world.sell_to.pk)
    assert (batch.state, batch.mapping["problem"]) == (BatchState.FAILED, "damaged_file")


def test_dates_and_decimals_are_read_as_the_partners_map_says(world):
    content = csv_file(
        "Rechnung;Pos;Datum;Artikel;Menge;Preis;Waehrung;Kunde",
        "R-1;1;16.11.2026;AUR-1;1.200;1,55;EUR;Halden",
        "R-1;2;2026-11-16;AUR-1;1,5;1.234,50;EUR;Halden",
    )
    headings = {
        "invoice_number": "Rechnung", "invoice_line": "Pos", "invoice_date": "Datum", "sku": "Artikel",
        "quantity": "Menge", "resale_price": "Preis", "currency": "Waehrung", "end_buyer_name": "Kunde",
    }  # fmt: skip
    save_column_map(
        kind="pos", party_id=world.sell_to.pk, headings=headings, date_format="%d.%m.%Y", decimal_comma=True
    )
    batch = take("pos", content, party_id=world.sell_to.pk)
    assert codes(batch) == [(3, "invoice_date", "bad_date"), (3, "quantity", "not_whole")]
    line = PosLine.objects.get()
    assert (line.quantity, str(line.resale_price), str(line.invoice_date)) == (1200, "1.550000", "2026-11-16")


def test_thousands_separators_are_read_where_they_mean_one_thing_and_asked_about_where_not(world):
    rows = (
        'INV-1,1,2026-11-16,AUR-1,"1,200",,"1,234.50",USD,,Halden',
        'INV-1,2,2026-11-16,AUR-1,10,,"1,234",USD,,Halden',
        'INV-1,3,2026-11-16,AUR-1,10,,"1,5",USD,,Halden',
    )
    batch = take("pos", "\n".join([HEAD, *rows, ""]), party_id=world.sell_to.pk)
    assert codes(batch) == [(3, "resale_price", "ambiguous_number"), (4, "resale_price", "wrong_decimal_mark")]
    assert (PosLine.objects.get().quantity, str(PosLine.objects.get().resale_price)) == (1200, "1234.500000")


@pytest.mark.slow
def test_a_hundred_thousand_rows_with_every_tenth_bad(world):
    def line(at):
        sku = "GONE" if at % 10 == 9 else "AUR-1"
        return f"INV-{at // 10},{at % 10},2026-11-16,{sku},{at % 7 + 1},,1.5,USD,,Buyer {at % 50}"

    lines = map(line, range(100_000))
    batch = take("pos", "\n".join([HEAD, *lines, ""]), party_id=world.sell_to.pk)
    assert counts(batch) == (90_000, 10_000, 0, 0)
    assert PosLine.objects.count() == 90_000
    assert batch.error_file.size > 10_000 * 40
