"""Two memos: what goods at partners could still claim, and what was sold to nobody certified. Neither is liability."""

import datetime as dt
from decimal import Decimal
from itertools import count

import pytest

from channel_inventory.choices import StockKind
from channel_inventory.models import CostLayer, LayerConsumption, StockLedger
from channel_inventory.reports.rebate_liability import Question, rebate_liability
from tests.channel_inventory.liability.claim_book import ClaimBook
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement
from tests.fixtures import NOW, TODAY

_serial = count(1)
LAST_WEEK = TODAY - dt.timedelta(days=7)


@pytest.fixture
def disti(inside):
    return make_sell_to("DISTI", name="Distributor")


def layer(partner, product, quantity, cost, *, left=None, on=LAST_WEEK):
    row = StockLedger.objects.create(
        partner=partner, product=product, kind=StockKind.SELL_IN, quantity=quantity, business_date=on, event_date=on,
        recorded_at=NOW, source_key=f"test:{next(_serial)}",
    )  # fmt: skip
    return CostLayer.objects.create(
        partner=partner, product=product, stock_row=row, received_on=on, quantity=quantity, currency="USD",
        remaining=quantity if left is None else left, unit_cost=Decimal(cost), net_cost=Decimal(cost), recorded_at=NOW,
    )  # fmt: skip


def exposed(tenant, as_of=TODAY):
    [section] = rebate_liability(tenant, Question(as_of, as_of)).sections
    assert section.total.open == 0
    return [(each.partner.code, each.units, each.amount) for each in section.exposure]


def test_units_left_times_net_cost_less_the_lowest_agreed_cost(inside, disti):
    product = make_product("AUR-1")
    layer(disti, product, 5_000, "115", left=3_500)
    layer(disti, product, 3_000, "122")
    layer(disti, make_product("AUR-2"), 900, "50")
    make_agreement(product, "105", mechanism="ship_and_debit", end_buyer=make_end_buyer())
    make_agreement(product, "108", mechanism="ship_and_debit", end_buyer=make_end_buyer())
    # 3,500 × 10 + 3,000 × 17; the other product has no agreement
    assert exposed(inside) == [("DISTI", 6_500, 8_600_000)]


def test_an_agreement_counts_while_it_is_in_force_and_for_whom_it_is_made(inside, disti):
    product = make_product("AUR-1")
    layer(disti, product, 100, "115", on=dt.date(2026, 6, 1))
    agreed = {"mechanism": "ship_and_debit", "end_buyer": make_end_buyer()}
    make_agreement(product, "100", sell_to=make_sell_to("OTHER"), **agreed)
    make_agreement(product, "110", valid_from=dt.date(2026, 11, 1), **agreed)
    assert exposed(inside) == [("DISTI", 100, 50_000)]
    assert exposed(inside, dt.date(2026, 10, 31)) == []


def test_what_was_sold_after_the_day_was_still_held(inside, disti):
    product = make_product("AUR-1")
    held = layer(disti, product, 100, "115", left=60)
    sale = ClaimBook(disti).sale(product, 40, on=TODAY, end_buyer=make_end_buyer())
    LayerConsumption.objects.create(
        pos_line=sale, layer=held, kind="consume", quantity=40, unit_cost=115, currency="USD", recorded_at=NOW
    )
    make_agreement(product, "105", mechanism="ship_and_debit", end_buyer=make_end_buyer())
    assert exposed(inside) == [("DISTI", 60, 60_000)]
    assert exposed(inside, TODAY - dt.timedelta(days=1)) == [("DISTI", 100, 100_000)]


def test_sales_to_nobody_certified_are_told_apart(inside, disti):
    ClaimBook(disti).sale(make_product("AUR-1"), 250, on=LAST_WEEK)
    [section] = rebate_liability(inside, Question(TODAY, TODAY)).sections
    assert (section.uncertified.lines, section.uncertified.value, section.total.open) == (1, Decimal(250), 0)
