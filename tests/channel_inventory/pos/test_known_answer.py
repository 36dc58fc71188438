"""The worked example of docs/domain.md, from files alone: what was sold in at three prices, what the partner sold,
what it says is left, and what it may claim.
"""

import pytest
from django.db.models import Sum

from channel_inventory.models import (
    ClaimLine,
    CostLayer,
    LayerConsumption,
    LiabilityLedger,
    PosLine,
    StockLedger,
    StockPosition,
)
from pricing.models import PriceListAssignment
from tests.exchange.files import counts, take
from tests.factories.catalog import make_product

SELL_INS = (("PO-1", "2026-06-15", 1_000), ("PO-2", "2026-07-15", 5_000), ("PO-3", "2026-09-15", 3_000))
FILES = {
    "price_lists": (
        "list,currency,sku,min_qty,price,valid_from,valid_to",
        "CHANNEL,USD,K-1,1,120,2026-01-01,2026-06-30",
        "CHANNEL,USD,K-1,1,115,2026-07-01,2026-08-31",
        "CHANNEL,USD,K-1,1,122,2026-09-01,",
    ),
    "price_list_assignments": ("list,party,valid_from,valid_to", "CHANNEL,NORTH,2026-01-01,"),
    "agreements": (
        "number,mechanism,end_buyer,sell_to,currency,valid_from,valid_to,sku,min_qty,price,status",
        "SPA-9,ship_and_debit,B,NORTH,USD,2026-01-01,2026-12-31,K-1,1,105,approved",
    ),
    "orders": (
        "sell_to,customer_po,order_date,line,sku,quantity,ship_to,request_date",
        *(f"NORTH,{po},{day},1,K-1,{quantity},NORTH/MAIN,{day}" for po, day, quantity in SELL_INS),
    ),
    "shipments": (
        "sell_to,customer_po,line,quantity,ship_date,site,invoice_number,invoice_date",
        *(f"NORTH,{po},1,{quantity},{day},PEN,R-{po},{day}" for po, day, quantity in SELL_INS),
    ),
    "pos": (
        "invoice_number,invoice_line,invoice_date,sku,quantity,resale_price,currency,end_buyer_name,end_buyer_code",
        "N-77,1,2026-10-05,K-1,2500,128,USD,B Company,B",
    ),
    "stock": ("location,as_of,sku,on_hand", "MAIN,2026-11-20,K-1,7000"),
}


@pytest.fixture
def channel(world):
    """The world's own price list goes: the files bring the partner's."""
    make_product("K-1")
    PriceListAssignment.objects.all().delete()
    return world


def load(world, *kinds):
    for kind in kinds:
        options = {"party_id": world.sell_to.pk} if kind in ("pos", "stock") else {}
        batch = take(kind, "\n".join([*FILES[kind], ""]), accept_warnings=True, **options)
        assert (batch.rejected_count, batch.warning_count) == (0, 0), (kind, batch.message)
        assert batch.accepted_count == len(FILES[kind]) - 1


def left():
    return list(CostLayer.objects.order_by("received_on", "pk").values_list("remaining", "unit_cost"))


def test_layers_are_used_up_oldest_first_and_the_gap_is_found(channel):
    load(channel, *FILES)
    assert left() == [(0, 120), (3_500, 115), (3_000, 122)]
    taken = LayerConsumption.objects.order_by("pk").values_list("quantity", "unit_cost")
    assert list(taken) == [(1_000, 120), (1_500, 115)]
    position = StockPosition.objects.get()
    assert (position.on_hand, position.reported, position.gap) == (6_500, 7_000, 500)
    claim = ClaimLine.objects.get()
    # 1,000 x (120 - 105) + 1,500 x (115 - 105) = 30,000.00
    assert (claim.quantity, claim.agreed_cost, claim.amount, claim.state) == (2_500, 105, 3_000_000, "pending")
    owed = LiabilityLedger.objects.values_list("entry", "estimated", "claimed")
    assert list(owed) == [("accrue", 3_000_000, 0)]
    moved = StockLedger.objects.order_by("event_date").values_list("kind", "quantity")
    assert list(moved) == [("sell_in", 1_000), ("sell_in", 5_000), ("sell_in", 3_000), ("pos", -2_500)]


def test_every_file_again_changes_nothing(channel):
    load(channel, *FILES)
    for kind in ("pos", "stock"):
        batch = take(kind, "\n".join([*FILES[kind], ""]), party_id=channel.sell_to.pk)
        assert counts(batch) == (0, 0, 1, 0)
    assert (StockLedger.objects.count(), PosLine.objects.count()) == (4, 1)


def test_a_revised_report_changes_only_the_difference(channel):
    load(channel, *FILES)
    head, line = FILES["pos"]
    take("pos", "\n".join([head, line.replace("2500", "900"), ""]), party_id=channel.sell_to.pk)
    assert left() == [(100, 120), (5_000, 115), (3_000, 122)]
    assert StockPosition.objects.get().on_hand == 8_100
    # 900 x (120 - 105): the first estimate is taken back in full
    assert LiabilityLedger.objects.aggregate(open=Sum("estimated"))["open"] == 1_350_000
