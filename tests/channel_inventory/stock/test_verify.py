import pytest

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.post_stock import post_stock
from channel_inventory.choices import StockKind
from channel_inventory.models import CostLayer, StockLedger, StockPosition
from metrics.verification import verify_tenant
from tests.factories.catalog import make_product
from tests.factories.channel_stock import invoice_to, sold
from tests.factories.parties import make_sell_to
from tests.fixtures import NOW, TODAY

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def stocked():
    partner, product = make_sell_to(), make_product()
    invoice_to(partner, product, 10, "120")
    catch_up_sell_in(at=NOW)
    post_stock(pos_line_ids=[sold(partner, product, 14).pk], by=None, at=NOW)
    return partner, product


def failing():
    checks = {"layers", "channel_stock"}
    return {each.name: each.difference for each in verify_tenant() if each.name in checks and not each.ok}


def test_what_was_posted_foots(stocked):
    assert failing() == {}


def test_a_layer_that_holds_too_much_is_found(stocked):
    CostLayer.objects.update(remaining=3)
    assert failing() == {"layers": 3, "channel_stock": 3}


def test_a_position_that_is_not_the_ledgers_sum_is_found(stocked):
    StockPosition.objects.update(on_hand=1)
    assert failing() == {"channel_stock": 5}


def test_an_arrival_without_a_layer_is_found(stocked):
    partner, product = stocked
    StockLedger.objects.create(
        partner=partner, product=product, kind=StockKind.SELL_IN, quantity=7, business_date=TODAY, event_date=TODAY,
        recorded_at=NOW, source_key="by hand",
    )  # fmt: skip
    # the layer, the partner's layers in all, and the position
    assert failing() == {"layers": 7, "channel_stock": 14}
