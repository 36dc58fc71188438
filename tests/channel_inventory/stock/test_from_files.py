"""The known answer of docs/domain.md, from the partner's own files."""

import datetime as dt

import pytest

from channel_inventory.models import CostLayer, PosLine, StockPosition
from metrics.verification import verify_tenant
from tests.channel_inventory.stock.pieces import layer_pieces
from tests.exchange.files import take
from tests.factories.channel_stock import invoice_to
from tests.fixtures import TODAY

SALES = """invoice_number,invoice_line,invoice_date,sku,quantity,resale_price,currency,end_buyer_name
INV-1,1,2026-11-16,AUR-1,{quantity},150,USD,Halden Rail
"""
STOCK = """location,as_of,sku,on_hand
MAIN,2026-11-23,AUR-1,{on_hand}
"""


@pytest.fixture
def billed(world):
    for place, (quantity, price) in enumerate([(1000, "120"), (5000, "115"), (3000, "122")]):
        invoice_to(world.sell_to, world.product, quantity, price, on=TODAY - dt.timedelta(days=90 - place))
    return world


def report(world, quantity):
    return take("pos", SALES.format(quantity=quantity), party_id=world.sell_to.pk)


def layers():
    found = CostLayer.objects.order_by("received_on")
    return [(layer.remaining, int(layer.unit_cost)) for layer in found if layer.remaining]


def test_a_report_takes_from_what_was_invoiced(billed):
    report(billed, 2500)
    assert layers() == [(3500, 115), (3000, 122)]
    line = PosLine.objects.get()
    assert [(piece.quantity, int(piece.unit_cost)) for piece in layer_pieces([line.pk])[line.pk]] == [
        (1000, 120),
        (1500, 115),
    ]


def test_a_stock_report_tells_the_gap(billed):
    report(billed, 2500)
    take("stock", STOCK.format(on_hand=7000), party_id=billed.sell_to.pk)
    position = StockPosition.objects.get()
    assert (position.on_hand, position.reported, position.gap) == (6500, 7000, 500)
    assert position.gap_class == "unexplained"


def test_the_same_report_twice_changes_nothing_and_a_revised_one_only_the_difference(billed):
    report(billed, 2500)
    report(billed, 2500)
    assert layers() == [(3500, 115), (3000, 122)]
    report(billed, 2000)
    assert layers() == [(4000, 115), (3000, 122)]
    assert {each.name: each.ok for each in verify_tenant() if each.name in ("layers", "channel_stock")} == {
        "layers": True,
        "channel_stock": True,
    }
