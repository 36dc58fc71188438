"""What certified sales claim; every expected amount is worked out by hand beside it."""

import datetime as dt
from decimal import Decimal

import pytest

from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.value_claims import Valued
from channel_inventory.actions.value_late_agreements import value_late_agreements
from channel_inventory.choices import PriceBasis, Verdict
from channel_inventory.engine.claims import replay, told_steps
from channel_inventory.models import Claim, ClaimLine, PartnerTerms
from pricing.models import Agreement, AgreementLine
from tests.channel_inventory.claims.shop import SOLD, Shop, buckets, claim_of, codes, other_product, value
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_price_list
from tests.fixtures import NOW, TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture
def shop(inside):
    return Shop()


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


# which agreement -----------------------------------------------------------------------------------------------------


def test_the_agreement_that_names_the_partner_goes_before_any(shop):
    shop.agree("100")
    named = shop.agree("110", sell_to=shop.partner)
    sale = shop.sell(1)
    value(sale)
    assert claim_of(sale).agreement_line_id == named.pk


def test_the_product_goes_before_its_family(shop):
    ours = shop.agree("110")
    family = shop.agree("100", product=other_product(shop))
    AgreementLine.objects.filter(pk=family.pk).update(product=None, family=shop.product.family)
    sale = shop.sell(1)
    value(sale)
    assert claim_of(sale).agreement_line_id == ours.pk


def test_a_branch_claims_by_the_agreement_of_its_group(inside):
    group = make_sell_to()
    shop = Shop(partner=make_sell_to(parent=group))
    line = shop.agree("110", sell_to=group)
    sale = shop.sell(1)
    value(sale)
    assert claim_of(sale).agreement_line_id == line.pk


def test_a_project_applies_only_where_it_is_cited(shop):
    line = shop.agree("90", project="Falcon", number="SPA-77")
    plain, cited = shop.sell(1), shop.sell(1, cited_agreement="SPA-77")
    value(plain, cited)
    assert not ClaimLine.objects.filter(pos_line=plain).exists()
    assert claim_of(cited).agreement_line_id == line.pk


def test_a_cited_authorisation_that_holds_goes_first(shop):
    shop.agree("100", sell_to=shop.partner)
    cited = shop.agree("110", number="SPA-9")
    sale = shop.sell(1, cited_agreement="SPA-9")
    value(sale)
    claim = claim_of(sale)
    assert (claim.agreement_line_id, claim.findings) == (cited.pk, [])


@pytest.mark.parametrize(
    ("quantity", "consumed", "basis", "amount"),
    [
        (99, 0, "line", 99 * 1_000),  # below 100 the price is 110: 10 a unit
        (100, 0, "line", 100 * 2_000),  # from 100 on it is 100: 20 a unit
        (40, 60, "cumulative", 40 * 2_000),  # 60 and 40 reach the second tier
        (39, 60, "cumulative", 39 * 1_000),
    ],
)
def test_tiers_go_by_quantity(shop, quantity, consumed, basis, amount):
    line = shop.agree("110", tier_basis=basis, consumed_qty=consumed)
    AgreementLine.objects.filter(pk=line.pk).update(min_qtys=[1, 100], prices=[Decimal(110), Decimal(100)])
    sale = shop.sell(quantity)
    value(sale)
    assert claim_of(sale).amount == amount


@pytest.mark.parametrize(
    ("basis", "amount"),
    [
        (PriceBasis.INVENTORY_COST, 10 * 1_500),  # 120 − 105
        (PriceBasis.BOOK_ON_RESALE_DATE, 10 * 1_200),  # the list says 117
        (PriceBasis.AGREEMENT_BOOK, 10 * 1_100),  # the agreement fixes 116
    ],
)
def test_the_price_basis_is_the_partners(shop, basis, amount):
    PartnerTerms.objects.create(partner=shop.partner, price_basis=basis)
    make_price_list(shop.product, "117", party=shop.partner)
    shop.agree("105", book_price=Decimal(116))
    sale = shop.sell(10)
    value(sale)
    assert claim_of(sale).amount == amount


def test_a_basis_above_what_the_goods_cost_is_bounded(shop):
    """Book is 130 on the day, but the goods cost 120: 10 × 15."""
    PartnerTerms.objects.create(partner=shop.partner, price_basis=PriceBasis.BOOK_ON_RESALE_DATE)
    make_price_list(shop.product, "130", party=shop.partner)
    shop.agree("105")
    sale = shop.sell(10)
    value(sale)
    assert claim_of(sale).amount == 15_000


# the reasons ---------------------------------------------------------------------------------------------------------

DENIED, WARNED = True, False


def unknown_number(shop):
    return shop.sell(10, cited_agreement="SPA-NONE")


def cited_not_approved(shop):
    shop.agree("105", number="SPA-1", status="draft")
    return shop.sell(10, cited_agreement="SPA-1")


def cited_of_another_partner(shop):
    shop.agree("105", number="SPA-1", sell_to=make_sell_to())
    return shop.sell(10, cited_agreement="SPA-1")


def cited_but_valued_by_another(shop):
    shop.agree("105")
    return shop.sell(10, cited_agreement="SPA-NONE")


def cited_and_ended(shop):
    shop.agree("105", number="SPA-1", valid_to=dt.date(2026, 10, 31))
    return shop.sell(10, cited_agreement="SPA-1")


def cited_without_the_part(shop):
    shop.agree("105", number="SPA-1", product=other_product(shop))
    return shop.sell(10, cited_agreement="SPA-1")


def more_than_is_left(shop):
    shop.agree("105", cap_qty=1_000, consumed_qty=996)
    return shop.sell(10)


def nothing_left(shop):
    shop.agree("105", cap_qty=1_000, consumed_qty=1_000)
    return shop.sell(10)


def partner_reckons_with_another_agreed_cost(shop):
    shop.agree("105")
    return shop.sell(10, claimed_amount=20_000)


def partner_reckons_from_the_invoice_price(shop):
    """100 net of a credit; the partner starts from the 120 of the invoice: 10 × 15 instead of 10 × 0 …"""
    shop.agree("95")
    return shop.sell(10, (10, "120"), net="100", claimed_amount=25_000)


def twice_in_the_report(shop):
    shop.agree("105")
    value(shop.sell(10, invoice_number="A-1"))
    return shop.sell(10, invoice_number="A-1")


def cost_unknown(shop):
    shop.agree("105")
    line = shop.line(10)
    shop.short(line, 10, None)
    return line


def agreed_not_below(shop):
    shop.agree("120")
    return shop.sell(10)


def not_started(shop):
    shop.agree("105", valid_from=dt.date(2026, 11, 3))
    return shop.sell(10, claimed_amount=15_000)


def ended(shop):
    shop.agree("105", valid_to=dt.date(2026, 11, 1))
    return shop.sell(10, claimed_amount=15_000)


def beyond_stock(shop):
    shop.agree("105")
    line = shop.line(10)
    shop.short(line, 10, "118")
    return line


def cost_in_another_currency(shop):
    shop.agree("105")
    return shop.sell(10, cost_currency="EUR")


def another_customers(shop):
    shop.agree("105", number="SPA-1", end_buyer=make_end_buyer())
    return shop.sell(10, cited_agreement="SPA-1")


def claimed_without_any(shop):
    return shop.sell(10, claimed_amount=15_000)


def claimed_by_an_earlier_report(shop):
    shop.agree("105")
    value(shop.sell(10, invoice_number="A-1"))
    shop.batch = shop.report()
    return shop.sell(10, invoice_number="A-1")


def ninety_one_days(shop):
    shop.agree("105")
    return shop.sell(10, invoice_date=TODAY - dt.timedelta(days=91))


def ninety_days(shop):
    shop.agree("105")
    return shop.sell(10, invoice_date=TODAY - dt.timedelta(days=90))


@pytest.mark.parametrize(
    ("make", "found", "amount", "estimated"),
    [
        (unknown_number, [("01", DENIED)], 0, 0),
        (cited_not_approved, [("01", DENIED)], 0, 0),
        (cited_of_another_partner, [("01", DENIED)], 0, 0),
        (cited_but_valued_by_another, [("01", WARNED)], 15_000, 15_000),
        (cited_and_ended, [("02", DENIED)], 0, 0),
        (cited_without_the_part, [("03", DENIED)], 0, 0),
        (more_than_is_left, [("04", WARNED)], 15_000, 15_000),
        (nothing_left, [("05", DENIED)], 15_000, 0),
        (partner_reckons_with_another_agreed_cost, [("06", WARNED)], 15_000, 15_000),
        (partner_reckons_from_the_invoice_price, [("07", WARNED)], 5_000, 5_000),
        (twice_in_the_report, [("12", WARNED)], 15_000, 30_000),
        (cost_unknown, [("15", DENIED)], 0, 0),
        (agreed_not_below, [("17", DENIED)], 0, 0),
        (not_started, [("19", DENIED)], 0, 0),
        (ended, [("20", DENIED)], 0, 0),
        (beyond_stock, [("25", WARNED)], 13_000, 13_000),
        (cost_in_another_currency, [("25", DENIED)], 0, 0),
        (another_customers, [("26", DENIED)], 0, 0),
        (claimed_without_any, [("26", DENIED)], 0, 0),
        (claimed_by_an_earlier_report, [("28", DENIED)], 15_000, 15_000),
        (ninety_one_days, [("29", DENIED)], 15_000, 0),
        (ninety_days, [], 15_000, 15_000),
    ],
)
def test_each_reason(shop, make, found, amount, estimated):
    """`estimated` is of all lines: what a finding denies is not owed until somebody approves it all the same."""
    sale = make(shop)
    value(sale)
    claim = claim_of(sale)
    assert codes(claim) == found, claim.findings
    assert claim.reason == (found[0][0] if found else "")
    assert claim.amount == amount
    assert buckets() == (estimated, 0)
    assert replay(claim.receipt) == amount


# corrections ---------------------------------------------------------------------------------------------------------


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
