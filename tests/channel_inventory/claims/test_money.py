"""Currencies of none and of three decimals, and the largest numbers that a report may hold: to the minor unit."""

import pytest

from channel_inventory.documents.claim_credit import paper_of
from channel_inventory.engine.claims import replay
from channel_inventory.models import ClaimLine, CostLayer, StockPosition
from metrics.verification import verify_tenant
from tests.channel_inventory.claims.shop import Shop, buckets, claim_of, credited, value
from tests.channel_inventory.pos.reports import report
from tests.factories.channel_stock import invoice_to
from ui.documents import claim_credit as memos


@pytest.mark.parametrize(
    ("currency", "cost", "agreed", "amount", "told"),
    [
        # 3 × (1,250.5 − 1,000.333333) = 750.500001: no minor unit
        ("JPY", "1250.5", "1000.333333", 751, "751"),
        # the same in thousandths
        ("KWD", "1250.5", "1000.333333", 750_500, "750.500"),
    ],
)
def test_a_claim_has_the_decimals_of_its_currency(inside, desk, currency, cost, agreed, amount, told):
    shop = Shop()
    shop.agree(agreed, currency=currency)
    sale = shop.sell(3, (3, cost), cost_currency=currency, currency=currency)
    value(sale)
    line = claim_of(sale)
    assert (line.amount, line.currency, replay(line.receipt)) == (amount, currency, amount)
    assert buckets() == (amount, 0)
    memo = credited(line, desk)
    assert (memo.total, buckets()) == (amount, (0, 0))
    paper = paper_of(memo, inside)
    assert paper.total == told
    assert told in memos.preview(paper)


def test_the_largest_line_that_is_taken_is_counted_to_the_cent(world):
    """A trillion units at 1.10, agreed 0.98: a trillion × 0.12. One more is beyond the stock."""
    invoice_to(world.sell_to, world.product, 10**12, "1.10")
    rows = {"quantity": str(10**12), "end_buyer_name": "B Company"}, {"invoice_line": "2", "quantity": "1"}
    assert report(world, *rows).accepted_count == 2
    assert ClaimLine.objects.get().amount == 12 * 10**12
    assert CostLayer.objects.get().remaining == 0
    position = StockPosition.objects.get()
    assert (position.on_hand, position.shortage, position.sold) == (-1, 1, 10**12 + 1)
    assert buckets() == (12 * 10**12, 0)
    channel = ("layers", "channel_stock", "liability_lines")
    assert all(each.ok for each in verify_tenant() if each.name in channel)
