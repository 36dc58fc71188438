"""What certified sales claim; every expected amount is worked out by hand beside it."""

from decimal import Decimal

from channel_inventory.engine.claims import replay, told_steps
from channel_inventory.models import Claim, ClaimLine
from tests.channel_inventory.claims.shop import buckets, claim_of, value
from tests.fixtures import TODAY


def test_the_known_answer(shop):
    """1,000 × (120 − 105) + 1,500 × (115 − 105) = 15,000 + 15,000."""
    line = shop.agree("105")
    sale = shop.sell(2_500, (1_000, "120"), (1_500, "115"))
    valued = value(sale)
    claim = claim_of(sale)
    assert (claim.amount, claim.currency, claim.quantity) == (3_000_000, "USD", 2_500)
    assert (claim.agreement_line_id, claim.agreed_cost) == (line.pk, Decimal(105))
    assert (claim.state, claim.reason, claim.findings) == ("pending", "", [])
    assert (valued.lines, valued.reversed_lines, valued.amounts) == (1, 0, (("USD", 3_000_000),))
    assert buckets() == (3_000_000, 0)


def test_the_receipt_says_every_step_and_replays(shop):
    line = shop.agree("105")
    sale = shop.sell(2_500, (1_000, "120"), (1_500, "115"))
    value(sale)
    receipt = claim_of(sale).receipt
    assert [(each["quantity"], each["unit_cost"]) for each in receipt["pieces"]] == [
        (1_000, "120.000000"),
        (1_500, "115.000000"),
    ]
    assert receipt["agreement"]["number"] == line.agreement.number
    assert (receipt["agreement"]["revision"], receipt["agreement"]["line"]) == (1, line.pk)
    assert told_steps(receipt) == [
        "1,000 × (120.00 − 105.00) = 15,000.00, of its layer.",
        "1,500 × (115.00 − 105.00) = 15,000.00, of its layer.",
        "Together 30,000.00 USD, rounded once.",
    ]
    assert replay(receipt) == 3_000_000


def test_a_line_is_rounded_once(shop):
    """3 × 0.005 + 3 × 0.005 = 0.03, and not 0.02 + 0.02."""
    shop.agree("1")
    sale = shop.sell(6, (3, "1.005"), (3, "1.005"))
    value(sale)
    assert claim_of(sale).amount == 3


def test_the_net_cost_bounds_the_claim(shop):
    """Bought at 120, 20 a unit were credited before: 10 × (100 − 95) = 50."""
    shop.agree("95")
    sale = shop.sell(10, (10, "120"), net="100")
    value(sale)
    assert claim_of(sale).amount == 5_000


def test_a_layer_below_the_agreed_cost_does_not_take_from_the_others(shop):
    """10 × (120 − 105) = 150; the 10 bought at 100 give nothing, and take nothing."""
    shop.agree("105")
    sale = shop.sell(20, (10, "100"), (10, "120"))
    value(sale)
    assert claim_of(sale).amount == 15_000


def test_valuing_twice_writes_nothing(shop):
    shop.agree()
    sale = shop.sell(10)
    value(sale)
    before = list(ClaimLine.objects.values())
    assert value(sale).lines == 0
    assert list(ClaimLine.objects.values()) == before
    assert buckets() == (15_000, 0)


def test_what_nobody_certified_claims_nothing(shop):
    shop.agree()
    sale = shop.sell(10, end_buyer=None)
    assert value(sale).lines == 0
    assert not Claim.objects.exists()


def test_a_resale_without_agreement_is_just_a_resale(shop):
    assert value(shop.sell(10)).lines == 0


def test_lines_of_one_report_share_a_claim(shop):
    shop.agree()
    value(shop.sell(10), shop.sell(20))
    claim = Claim.objects.get()
    assert claim.number.startswith("CL-")
    assert (claim.lines.count(), claim.partner_id, claim.received_on) == (2, shop.partner.pk, TODAY)
    shop.batch = shop.report()
    value(shop.sell(5))
    assert Claim.objects.count() == 2
