"""Which agreement values a sale, by which tier and from which price; amounts are worked out by hand."""

from decimal import Decimal

import pytest

from channel_inventory.choices import PriceBasis
from channel_inventory.models import ClaimLine, PartnerTerms
from pricing.models import AgreementLine
from tests.channel_inventory.claims.shop import Shop, claim_of, other_product, value
from tests.factories.parties import make_sell_to
from tests.factories.pricing import make_price_list


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
