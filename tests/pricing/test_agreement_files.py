"""Rows of an agreements file: one a tier, grouped into agreements and revisions."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pricing.actions.reserve_caps import reserve_caps
from pricing.actions.upsert_agreement_rows import upsert_agreement_rows
from pricing.choices import Mechanism
from pricing.models import Agreement, AgreementLine
from pricing.rows import AgreementRow
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer
from tests.fixtures import NOW
from tests.pricing.test_price_files import said
from tests.pricing.world import DEC, JAN, JUL, JUN, outcome

BY = {"by": None, "at": NOW}


@pytest.fixture
def row(walk):
    return AgreementRow(
        "SPA-1", Mechanism.DIRECT, walk.buyer.pk, None, "USD", JAN, DEC, walk.product.pk, None, 1, Decimal("0.95")
    )


def take(*rows, **options):
    return said(upsert_agreement_rows(rows=rows, **BY, **options))


def revisions():
    return list(Agreement.objects.order_by("number", "revision").values_list("number", "revision", "status"))


def test_rows_become_an_approved_agreement_with_tiers(walk, row):
    family = replace(row, product_id=None, family_id=walk.product.family_id, price=Decimal("0.99"))
    assert take(replace(row, min_qty=1000, price=Decimal("0.90")), row, family) == ["created"] * 3
    assert revisions() == [("SPA-1", 1, "approved")]
    assert [outcome(walk.ask(quantity))[1] for quantity in (1, 999, 1000)] == ["0.95", "0.95", "0.90"]
    assert AgreementLine.objects.count() == 2


def test_the_same_file_changes_nothing(walk, row):
    rows = [row, replace(row, min_qty=1000, price=Decimal("0.90"))]
    take(*rows)
    assert take(*rows) == ["unchanged", "unchanged"]
    assert revisions() == [("SPA-1", 1, "approved")]


def test_without_end_buyer_it_is_the_contract_of_the_sell_to(walk, row):
    contract = replace(row, end_buyer_id=None, sell_to_id=walk.sell_to.pk)
    assert take(contract) == ["created"]
    assert outcome(walk.ask(end_buyer_id=None)) == ("contract", "0.95")
    assert take(replace(contract, number="C-2", mechanism=Mechanism.SHIP_AND_DEBIT)) == ["error:bad_terms"]


def test_a_change_is_the_next_revision_which_keeps_what_the_file_does_not_name(walk, row):
    other = replace(row, product_id=make_product().pk)
    take(row, other, replace(row, min_qty=1000, price=Decimal("0.90")))
    reserve_caps(wanted={AgreementLine.objects.get(product=walk.product).pk: 70})
    assert take(replace(row, price=Decimal("0.94")), replace(row, min_qty=5000, price=Decimal("0.85"))) == [
        "updated", "created",
    ]  # fmt: skip
    assert revisions() == [("SPA-1", 1, "superseded"), ("SPA-1", 2, "approved")]
    assert [outcome(walk.ask(quantity))[1] for quantity in (1, 1000, 5000)] == ["0.94", "0.90", "0.85"]
    assert outcome(walk.ask(product_id=other.product_id)) == ("agreement_any", "0.95")
    assert AgreementLine.objects.get(product=walk.product, is_in_force=True).reserved_qty == 70


def test_a_longer_validity_is_a_revision_of_every_line(walk, row):
    take(row, replace(row, product_id=make_product().pk))
    assert take(replace(row, valid_to=dt.date(2027, 6, 30))) == ["updated"]
    assert set(AgreementLine.objects.filter(is_in_force=True).values_list("valid_to")) == {(dt.date(2027, 6, 30),)}


def test_rows_of_one_number_must_agree(walk, row):
    rows = [
        row,
        replace(row, min_qty=5, currency="EUR"),
        replace(row, min_qty=9, cap_qty=5),
        replace(row, price=Decimal(2)),
    ]
    outcomes = upsert_agreement_rows(rows=rows, **BY)
    assert said(outcomes) == ["created", "error:differs", "error:differs", "error:duplicate"]
    assert [o.field for o in outcomes] == ["", "currency", "cap_qty", "price"]


def test_an_overlap_is_refused_for_its_row_and_the_others_go_in(walk, row):
    take(row)
    free = replace(row, number="SPA-2", product_id=make_product().pk)
    outcomes = upsert_agreement_rows(rows=[replace(row, number="SPA-2"), free], **BY)
    assert said(outcomes) == ["error:overlap", "created"]
    assert outcomes[0].message.startswith("Agreement SPA-1 prices the same for the same parties from 2026-01-01 to")


def test_two_numbers_of_one_file_cannot_overlap_either(walk, row):
    assert take(row, replace(row, number="SPA-2"), replace(row, number="SPA-3", currency="EUR")) == [
        "created", "error:overlap", "created",
    ]  # fmt: skip


def test_a_revision_that_would_overlap_is_refused_whole(walk, row):
    take(replace(row, valid_to=JUN), replace(row, valid_to=JUN, product_id=make_product().pk))
    take(replace(row, number="SPA-2", valid_from=JUL))
    assert take(replace(row, price=Decimal(1))) == ["error:overlap"]
    assert revisions() == [("SPA-1", 1, "approved"), ("SPA-2", 1, "approved")]


def test_a_cap_below_the_use_so_far_is_refused(walk, row):
    take(replace(row, cap_qty=500))
    reserve_caps(wanted={AgreementLine.objects.get().pk: 300})
    assert take(replace(row, cap_qty=299)) == ["error:below_use"]
    assert take(replace(row, cap_qty=300)) == ["updated"]


@pytest.mark.parametrize(
    ("first", "second", "expected", "status"),
    [
        ("draft", "approved", "updated", "approved"),
        ("draft", "submitted", "updated", "submitted"),
        ("submitted", "expired", "updated", "expired"),
        ("approved", "approved", "unchanged", "approved"),
        ("approved", "expired", "updated", "expired"),
        ("expired", "approved", "unchanged", "expired"),
        ("approved", "closed", "updated", "closed"),
        ("closed", "closed", "unchanged", "closed"),
        ("closed", "approved", "error:closed", "closed"),
        ("approved", "draft", "error:bad_status", "approved"),
        ("approved", "superseded", "error:bad_status", "approved"),
    ],
)
def test_the_status_column_moves_an_agreement_on(walk, row, first, second, expected, status):
    assert take(replace(row, status=first)) == ["created"]
    assert take(replace(row, status=second)) == [expected]
    assert revisions() == [("SPA-1", 1, status)]
    assert AgreementLine.objects.get().is_in_force == (status in ("approved", "expired"))


def test_new_terms_of_an_open_draft_wait_for_it(walk, row):
    take(replace(row, status="draft"))
    assert take(replace(row, price=Decimal(1))) == ["error:in_preparation"]


@pytest.mark.parametrize(
    "values",
    [
        {"price": Decimal(-1)},
        {"price": Decimal("0.1234567")},
        {"min_qty": 0},
        {"cap_qty": 0},
        {"valid_to": dt.date(2025, 1, 1)},
        {"currency": "XXX"},
        {"end_buyer_id": None},
    ],
)
def test_bad_terms_do_not_block_other_agreements(walk, row, values):
    other = replace(row, number="SPA-2", product_id=make_product().pk)
    assert take(replace(row, **values), other) == ["error:bad_terms", "created"]


def test_a_dry_run_says_the_same_and_writes_nothing(walk, row):
    assert take(row, is_dry=True) == ["created"]
    assert not Agreement.objects.exists()


def test_many_agreements_take_as_many_statements_as_one(walk, row):
    def statements(rows):
        with CaptureQueriesContext(connection) as queries:
            upsert_agreement_rows(rows=rows, **BY)
        return len(queries)

    one = statements([row])
    rows = [replace(row, number=f"N-{n}", end_buyer_id=make_end_buyer().pk) for n in range(30)]
    assert statements(rows) == one
