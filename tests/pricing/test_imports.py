"""Price files through the door: columns, references, overlaps, and an export that changes nothing."""

import pytest

from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from pricing.models import AgreementLine, FxRate, PriceList, PriceListItem
from tenancy.choices import Role
from tests.exchange.files import codes, counts, csv_file, take
from tests.factories.catalog import make_family, make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_member

pytestmark = pytest.mark.usefixtures("inside")
AGREEMENT = "number,mechanism,end_buyer,sell_to,currency,valid_from,valid_to,sku,family,min_qty,price,cap_qty,status"


@pytest.fixture(autouse=True)
def masters(inside):
    make_product("AUR-1", family=make_family("REG"))
    make_sell_to("NORTH")
    make_end_buyer("A")
    make_end_buyer("B")


def unchanged_by_its_export(kind):
    rows = [counts(take(kind, export_bytes(kind_named(kind), ending))) for ending in ("csv", "xlsx")]
    return {(accepted, rejected, waiting) for accepted, rejected, _, waiting in rows} == {(0, 0, 0)}


def test_rates_are_set_by_day_and_refused_when_not_positive():
    lines = "2026-11-20,EUR,USD,1.08", "2026-11-20,USD,USD,1", "2026-11-21,EUR,USD,0"
    batch = take("fx_rates", csv_file("date,from,to,rate", *lines))
    assert (counts(batch)[:2], [row for row, _, _ in codes(batch)]) == ((1, 2), [3, 4])
    assert str(FxRate.objects.get().rate) == "1.08000000"
    assert unchanged_by_its_export("fx_rates")


def test_a_price_list_is_made_and_laid_over_what_is_there():
    head = "list,currency,sku,min_qty,price,valid_from,valid_to"
    lines = "BOOK,USD,AUR-1,1,1.20,2026-01-01,2026-06-30", "BOOK,USD,AUR-1,1,1.30,2026-07-01,"
    assert counts(take("price_lists", csv_file(head, *lines))) == (2, 0, 0, 0)
    overlapping = take("price_lists", csv_file(head, "BOOK,USD,AUR-1,1,9,2026-03-01,2026-04-01"))
    assert codes(overlapping) == [(2, "valid_from", "overlap")]
    mixed = take("price_lists", csv_file(head, "BOOK,EUR,AUR-1,10,1,2026-01-01,"))
    assert [field for _, field, _ in codes(mixed)] == ["currency"]
    assert unchanged_by_its_export("price_lists")
    assert PriceListItem.objects.count() == 2


def test_assignments_name_a_list_and_a_party_and_never_overlap():
    PriceList.objects.create(code="BOOK", currency="USD")
    PriceList.objects.create(code="OTHER", currency="USD")
    head = "list,party,valid_from,valid_to"
    batch = take("price_list_assignments", csv_file(head, "BOOK,NORTH,2026-01-01,", "GONE,NORTH,2026-01-01,"))
    assert codes(batch) == [(3, "list", "unknown_price_list")]
    assert codes(take("price_list_assignments", csv_file(head, "OTHER,NORTH,2026-05-01,")))[0][2] == "overlap"
    assert unchanged_by_its_export("price_list_assignments")


def test_agreements_come_by_tiers_for_a_part_or_a_family():
    lines = (
        "SPA-1,direct,A,NORTH,USD,2026-01-01,2026-12-31,AUR-1,,1,0.95,5000,",
        "SPA-1,direct,A,NORTH,USD,2026-01-01,2026-12-31,AUR-1,,1000,0.90,5000,",
        "SPA-2,ship and debit,B,,USD,2026-01-01,2026-12-31,,REG,1,0.98,,approved",
        "SPA-3,direct,B,,USD,2026-01-01,2026-12-31,AUR-1,REG,1,1,,",
        "SPA-4,direct,A,NORTH,USD,2026-06-01,2026-12-31,AUR-1,,1,0.5,,",
    )
    batch = take("agreements", csv_file(AGREEMENT, *lines))
    assert counts(batch) == (3, 2, 0, 0)
    assert codes(batch) == [(5, "family", "two_subjects"), (6, "valid_from", "overlap")]
    line = AgreementLine.objects.get(agreement__number="SPA-1")
    assert (line.min_qtys, [str(price) for price in line.prices]) == ([1, 1000], ["0.950000", "0.900000"])
    assert (line.cap_qty, line.is_in_force) == (5000, True)
    assert unchanged_by_its_export("agreements")


def test_what_the_file_has_no_column_for_stays_as_it_is():
    product = make_product("AUR-2")
    make_agreement(product, "2", end_buyer=make_end_buyer("C"), project="P1", number="SPA-9", cap_qty=70)
    assert unchanged_by_its_export("agreements")
    lines = "SPA-9,direct,C,,USD,2026-01-01,2027-12-31,AUR-2,1,2"
    head = "number,mechanism,end_buyer,sell_to,currency,valid_from,valid_to,sku,min_qty,price"
    batch = take("agreements", csv_file(head, lines))
    assert counts(batch) == (0, 0, 1, 0)


def test_prices_are_for_those_who_see_costs():
    for name in ("price_lists", "agreements"):
        kind = kind_named(name)
        plain, seeing = make_member(Role.SALES_OPS), make_member(Role.SALES_OPS, sees_cost=True)
        assert [kind.is_visible_to(member) for member in (plain, seeing)] == [False, True]
        assert [kind.is_open_to(member) for member in (plain, seeing)] == [False, True]
