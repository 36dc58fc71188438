"""What changes after a sale was valued: agreements, the sale itself, its end buyer, its layers."""

import datetime as dt
from decimal import Decimal

from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.value_claims import Valued
from channel_inventory.actions.value_late_agreements import value_late_agreements
from channel_inventory.choices import Verdict
from channel_inventory.models import ClaimLine
from pricing.models import Agreement, AgreementLine
from tests.channel_inventory.claims.shop import SOLD, buckets, claim_of, codes, value
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.fixtures import NOW, TODAY

DAY = dt.timedelta(days=1)


def test_an_agreement_that_is_approved_later_claims_what_it_covers_and_leaves_what_is_decided(shop, desk):
    """Revised to 112, what waits is 10 × 8 and what was approved at 115 keeps its 10 × 5. A branch gets 10 × 10."""
    old = shop.agree("115", valid_to=SOLD)
    waits, decided = shop.sell(10), shop.sell(10)
    value(waits, decided)
    line = claim_of(decided)
    decide_lines(seen={line.pk: line.version}, decision=Decision(Verdict.APPROVE), by=desk, at=NOW)
    branch = shop.sell(10, end_buyer=make_end_buyer(parent=shop.buyer), invoice_date=SOLD + DAY)
    others = shop.sell(10, invoice_date=SOLD + DAY, end_buyer=make_end_buyer()), shop.sell(10, invoice_date=TODAY)
    value(branch, *others)
    shop.agree("110", valid_from=SOLD + DAY, valid_to=SOLD + DAY, sell_to=shop.partner)
    shop.agree("90", valid_from=SOLD + DAY, valid_to=SOLD + DAY, sell_to=make_sell_to())
    shop.agree("80", valid_from=SOLD + DAY, valid_to=SOLD + DAY, project="a project that nobody cites")
    AgreementLine.objects.filter(pk=old.pk).update(prices=[Decimal(112)])
    Agreement.objects.update(approved_at=NOW + DAY)
    valued = value_late_agreements(since=NOW, at=NOW + DAY * 2)
    assert (valued.lines, valued.reversed_lines) == (2, 1)
    assert [claim_of(sale).amount for sale in (waits, decided, branch)] == [8_000, 5_000, 10_000]
    assert not ClaimLine.objects.filter(pos_line__in=others).exists()
    for since in (NOW, NOW + DAY * 2):
        assert value_late_agreements(since=since, at=NOW + DAY * 3) == Valued()


def test_a_pending_claim_that_comes_out_otherwise_is_reversed_and_valued_anew(shop):
    old = shop.agree("110")
    sale = shop.sell(10)
    value(sale)
    AgreementLine.objects.filter(pk=old.pk).update(prices=[Decimal(100)])
    valued = value(sale)
    assert (valued.lines, valued.reversed_lines, valued.amounts) == (1, 1, (("USD", 10_000),))
    assert claim_of(sale).amount == 20_000
    assert buckets() == (20_000, 0)


def test_a_correction_reverses_exactly_and_values_anew(shop):
    shop.agree()
    sale = shop.sell(10)
    value(sale)
    better = shop.correct(sale, 8)
    valued = value(better)
    assert (valued.lines, valued.reversed_lines, valued.amounts) == (1, 1, (("USD", -3_000),))
    assert ClaimLine.objects.get(pos_line=sale).state == "reversed"
    assert claim_of(better).amount == 12_000
    assert buckets() == (12_000, 0)


def test_a_sale_that_is_certified_to_somebody_else_is_valued_for_them(shop):
    shop.agree("105")
    other = make_end_buyer()
    shop.agree("110", end_buyer=other)
    sale = shop.sell(10)
    value(sale)
    sale.end_buyer = other
    sale.save()
    value(sale)
    assert (claim_of(sale).amount, claim_of(sale).end_buyer_id) == (10_000, other.pk)
    sale.end_buyer = None
    sale.save()
    assert value(sale).reversed_lines == 1
    assert not ClaimLine.objects.exclude(state="reversed").exists()
    assert buckets() == (0, 0)


def test_a_shortage_that_was_trued_up_is_valued_by_the_new_layer(shop):
    """At book 118 it is 10 × 13; what came later cost 112: 10 × 7."""
    shop.agree("105")
    line = shop.line(10)
    short = shop.short(line, 10, "118")
    value(line)
    assert claim_of(line).amount == 13_000
    short.__class__.objects.create(
        pos_line=line, kind="reverse", quantity=-10, unit_cost=Decimal(118), currency="USD", reverses=short,
        recorded_at=NOW,
    )  # fmt: skip
    shop.take(line, 10, "112")
    value(line)
    assert (claim_of(line).amount, codes(claim_of(line))) == (7_000, [])
    assert buckets() == (7_000, 0)
