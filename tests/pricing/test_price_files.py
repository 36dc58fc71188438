"""Rows of price files: taken, unchanged the second time, refused one by one."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pricing.actions.assign_price_list import assign_price_list
from pricing.actions.set_fx_rates import set_fx_rates
from pricing.actions.set_list_prices import set_list_prices
from pricing.actions.upsert_assignments import upsert_assignments
from pricing.actions.upsert_fx_rates import upsert_fx_rates
from pricing.actions.upsert_price_list_rows import upsert_price_list_rows
from pricing.choices import PriceListKind
from pricing.errors import PricingRefusal, ValidityOverlap
from pricing.models import FxRate, PriceList, PriceListAssignment, PriceListItem
from pricing.rows import AssignmentRow, FxRow, PriceListRow
from tests.factories.catalog import make_product
from tests.factories.parties import make_sell_to
from tests.fixtures import NOW
from tests.pricing.world import JAN, JUL, JUN, outcome

BY = {"by": None, "at": NOW}


def said(outcomes):
    return [f"{o.change}:{o.code}" if o.code else str(o.change) for o in outcomes]


@pytest.fixture
def row(walk):
    return PriceListRow("DIST-USD", "USD", walk.product.pk, 1, Decimal("1.20"), JAN)


def test_a_list_is_made_from_its_rows_and_the_same_file_changes_nothing(walk, row):
    rows = [row, replace(row, min_qty=100, price=Decimal("1.10"))]
    assert said(upsert_price_list_rows(rows=rows, **BY)) == ["created", "created"]
    assert said(upsert_price_list_rows(rows=rows, **BY)) == ["unchanged", "unchanged"]
    assert (PriceList.objects.get().kind, PriceListItem.objects.count()) == (PriceListKind.BOOK, 2)


def test_a_changed_price_or_end_is_an_update(walk, row):
    upsert_price_list_rows(rows=[row], **BY)
    assert said(upsert_price_list_rows(rows=[replace(row, price=Decimal("1.30"))], **BY)) == ["updated"]
    assert said(upsert_price_list_rows(rows=[replace(row, valid_to=JUN)], **BY)) == ["updated"]
    item = PriceListItem.objects.get()
    assert (item.price, item.valid_to) == (Decimal("1.20"), JUN)


def test_a_successor_is_refused_until_the_price_before_it_ends(walk, row):
    upsert_price_list_rows(rows=[row], **BY)
    successor = replace(row, price=Decimal(1), valid_from=JUL)
    assert said(upsert_price_list_rows(rows=[successor], **BY)) == ["error:overlap"]
    assert said(upsert_price_list_rows(rows=[successor, replace(row, valid_to=JUN)], **BY)) == ["created", "updated"]
    # and back: the first takes the days of the second, which shrinks in the same file
    back = [replace(row, valid_to=dt.date(2026, 8, 31)), replace(successor, valid_from=dt.date(2026, 9, 1))]
    assert said(upsert_price_list_rows(rows=back, **BY)) == ["error:overlap", "error:overlap"]


def test_days_move_from_one_price_to_the_next_in_one_file(walk, row):
    first, second = (
        replace(row, valid_to=JUN),
        replace(row, price=Decimal(1), valid_from=JUL, valid_to=dt.date(2026, 9, 30)),
    )
    third = replace(row, price=Decimal(2), valid_from=dt.date(2026, 12, 1))
    upsert_price_list_rows(rows=[first, second, third], **BY)
    longer = [replace(second, valid_to=dt.date(2026, 11, 30)), replace(third, valid_to=dt.date(2026, 12, 5))]
    assert said(upsert_price_list_rows(rows=longer, **BY)) == ["updated", "updated"]


def test_bad_rows_do_not_block_good_ones(walk, row):
    upsert_price_list_rows(rows=[row], **BY)
    rows = [
        replace(row, currency="EUR"),
        replace(row, list_code="NEW", currency="XXX"),
        replace(row, min_qty=0),
        replace(row, price=Decimal(-1)),
        replace(row, price=Decimal("1.1234567")),
        replace(row, min_qty=5, valid_to=dt.date(2025, 1, 1)),
        replace(row, min_qty=10),
    ]
    assert said(upsert_price_list_rows(rows=rows, **BY)) == [
        "error:currency_mismatch", "error:unknown_currency", "error:out_of_range", "error:bad_price",
        "error:bad_price", "error:dates", "created",
    ]  # fmt: skip


def test_two_rows_of_a_new_list_cannot_have_two_currencies(walk, row):
    assert said(upsert_price_list_rows(rows=[row, replace(row, min_qty=2, currency="EUR")], **BY)) == [
        "created", "error:currency_mismatch",
    ]  # fmt: skip


def test_a_list_named_base_is_the_base_list_of_its_currency(walk, row):
    rows = [replace(row, list_code="BASE"), replace(row, list_code="BASE-EUR", currency="EUR")]
    rows.append(replace(row, list_code="BASE-USD"))
    assert said(upsert_price_list_rows(rows=rows, **BY)) == ["created", "created", "error:second_base_list"]
    assert outcome(walk.ask()) == ("base_list", "1.20")


def test_a_dry_run_says_the_same_and_writes_nothing(walk, row):
    assert said(upsert_price_list_rows(rows=[row], is_dry=True, **BY)) == ["created"]
    assert not PriceList.objects.exists()


def test_many_rows_take_as_many_statements_as_one(walk, row):
    product_ids = [make_product().pk for _ in range(40)]

    def statements(rows):
        with CaptureQueriesContext(connection) as queries:
            upsert_price_list_rows(rows=rows, **BY)
        return len(queries)

    upsert_price_list_rows(rows=[row], **BY)
    one = statements([replace(row, min_qty=2), replace(row, price=Decimal(9))])
    many = [replace(row, product_id=pk, min_qty=quantity) for pk in product_ids for quantity in (1, 10, 100)]
    assert statements([*many, replace(row, price=Decimal(8))]) == one


def test_typed_prices_are_taken_all_or_none(walk, row):
    set_list_prices(prices=[row], **BY)
    with pytest.raises(ValidityOverlap) as refusal:
        set_list_prices(prices=[replace(row, min_qty=7), replace(row, valid_from=JUL)], **BY)
    assert refusal.value.field == "valid_from"
    assert PriceListItem.objects.count() == 1
    with pytest.raises(PricingRefusal, match="in USD, not EUR"):
        set_list_prices(prices=[replace(row, currency="EUR")], **BY)


def test_assignments_are_taken_once_and_never_two_at_a_time(walk, row):
    upsert_price_list_rows(
        rows=[row, replace(row, list_code="OTHER"), replace(row, list_code="EU", currency="EUR")], **BY
    )
    lists = {each.code: each.pk for each in PriceList.objects.all()}
    mine = AssignmentRow(lists["DIST-USD"], walk.sell_to.pk, JAN)
    rows = [mine, replace(mine, price_list_id=lists["OTHER"], valid_from=JUL), replace(mine, price_list_id=lists["EU"])]
    assert said(upsert_assignments(rows=rows, **BY)) == ["created", "error:overlap", "created"]
    assert said(upsert_assignments(rows=rows, **BY)) == ["unchanged", "error:overlap", "unchanged"]
    assert outcome(walk.ask()) == ("price_list", "1.20")
    rows[0] = replace(mine, valid_to=JUN)
    assert said(upsert_assignments(rows=rows, **BY)) == ["updated", "created", "unchanged"]
    assert PriceListAssignment.objects.count() == 3


def test_an_assignment_typed_over_another_is_refused(walk, row):
    upsert_price_list_rows(rows=[row, replace(row, list_code="OTHER")], **BY)
    first, second = PriceList.objects.order_by("code")
    party = make_sell_to()
    assign_price_list(assignment=AssignmentRow(first.pk, party.pk, JAN), **BY)
    with pytest.raises(ValidityOverlap, match="from 2026-01-01 on"):
        assign_price_list(assignment=AssignmentRow(second.pk, party.pk, JUL), **BY)


def test_rates_are_taken_once_changed_and_refused(inside):
    rate = FxRow(JAN, "EUR", "USD", Decimal("1.10"))
    rows = [rate, replace(rate, date=JUL), replace(rate, rate=Decimal("1.20"))]
    assert said(upsert_fx_rates(rows=rows, **BY)) == ["created", "created", "error:duplicate"]
    assert said(upsert_fx_rates(rows=rows[:2], **BY)) == ["unchanged", "unchanged"]
    assert said(upsert_fx_rates(rows=[rows[2]], **BY)) == ["updated"]
    assert FxRate.objects.get(date=JAN).rate == Decimal("1.20")
    bad = [
        replace(rate, to_currency="EUR"),
        replace(rate, from_currency="EURO"),
        replace(rate, rate=Decimal(0)),
        replace(rate, rate=Decimal("NaN")),
        replace(rate, rate=Decimal("0.000000001")),
    ]
    assert said(upsert_fx_rates(rows=bad, **BY)) == [
        "error:same_currency", "error:unknown_currency", "error:bad_rate", "error:bad_rate", "error:bad_rate",
    ]  # fmt: skip


def test_typed_rates_are_taken_all_or_none(inside):
    rate = FxRow(JAN, "EUR", "USD", Decimal("1.10"))
    with pytest.raises(PricingRefusal, match="above zero"):
        set_fx_rates(rates=[rate, replace(rate, date=JUL, rate=Decimal(-1))], **BY)
    assert not FxRate.objects.exists()
    set_fx_rates(rates=[rate], **BY)
    assert FxRate.objects.count() == 1
