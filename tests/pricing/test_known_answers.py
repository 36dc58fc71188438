"""The three lines of one purchase order: a direct agreement, ship and debit, and none."""

from decimal import Decimal

import pytest

from pricing.choices import Mechanism, PriceSource
from pricing.models import Agreement
from pricing.resolver import PriceQuestion, resolve_prices
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list
from tests.fixtures import TODAY


@pytest.fixture
def answers(inside):
    sell_to, product = make_sell_to("DIST"), make_product()
    buyers = [make_end_buyer(code, name=name) for code, name in (("A", "Acme"), ("B", "Borealis"), ("C", "Corvus"))]
    make_price_list(product, "1.20", party=sell_to, code="DIST-USD")
    make_agreement(product, "0.95", end_buyer=buyers[0], sell_to=sell_to, number="SPA-1")
    make_agreement(
        product, "0.98", end_buyer=buyers[1], sell_to=sell_to, number="SPA-2", mechanism=Mechanism.SHIP_AND_DEBIT
    )
    questions = [
        PriceQuestion(
            key=line, sell_to_id=sell_to.pk, end_buyer_id=buyer.pk, product_id=product.pk, quantity=1000,
            currency="USD", on=TODAY,
        )
        for line, buyer in enumerate(buyers, start=1)
    ]  # fmt: skip
    return resolve_prices(questions)


def step(answer, source):
    return [entry for entry in answer.trail if entry["step"] == source]


def test_one_part_is_charged_by_end_buyer(answers):
    assert [(a.key, a.unit_price, a.book_price, a.agreed_cost, a.source) for a in answers] == [
        (1, Decimal("0.95"), Decimal("1.20"), None, PriceSource.AGREEMENT_SELL_TO),
        (2, Decimal("1.20"), Decimal("1.20"), Decimal("0.98"), PriceSource.AGREEMENT_SELL_TO),
        (3, Decimal("1.20"), Decimal("1.20"), None, PriceSource.PRICE_LIST),
    ]


def test_the_agreement_lines_behind_them(answers):
    numbers = {a.lines.get().pk: a.number for a in Agreement.objects.all()}
    assert [numbers.get(a.agreement_line_id) for a in answers] == ["SPA-1", "SPA-2", None]


def test_each_price_names_the_rule_that_won(answers):
    assert [a.reason for a in answers] == [
        "SPA-1 rev 1: agreement for this end buyer and sell-to",
        "SPA-2 rev 1 (ship and debit): agreement for this end buyer and sell-to",
        "Price list DIST-USD, from 1",
    ]


def test_the_trail_of_the_direct_line(answers):
    assert answers[0].trail == [
        entry("manual", why="No manual price was given."),
        entry("agreement_sell_to", "SPA-1 rev 1", "0.950000", True, "Agreed for this end buyer and this sell-to."),
        entry("agreement_sell_to", "SPA-2 rev 1", "0.980000", why="It is for Borealis, not for this line's end buyer."),
        entry("agreement_any", why="No agreement for this end buyer and any sell-to applies."),
        entry("contract", why="No contract price of the sell-to applies."),
        entry("price_list", "DIST-USD", "1.200000", why="SPA-1 rev 1 comes first."),
        entry("base_list", why="Not needed: the assigned list has a price."),
    ]


def test_the_trail_of_ship_and_debit_says_what_is_charged(answers):
    assert step(answers[1], "agreement_sell_to")[0]["why"] == (
        "Agreed for this end buyer and this sell-to. Ship and debit: book is charged, this is the agreed cost."
    )
    assert step(answers[1], "price_list") == [
        entry("price_list", "DIST-USD", "1.200000", why="The book price that SPA-2 rev 1 charges.")
    ]


def test_the_trail_of_the_third_line_names_both_agreements_of_others(answers):
    assert step(answers[2], "agreement_sell_to") == [
        entry("agreement_sell_to", "SPA-2 rev 1", "0.980000", why="It is for Borealis, not for this line's end buyer."),
        entry("agreement_sell_to", "SPA-1 rev 1", "0.950000", why="It is for Acme, not for this line's end buyer."),
    ]
    assert step(answers[2], "price_list") == [entry("price_list", "DIST-USD", "1.200000", True, "From 1 on.")]


def entry(step, ref="", price=None, applies=False, why=""):
    return {
        "step": step, "applies": applies, "ref": ref, "price": price, "currency": "USD" if price else "", "why": why
    }  # fmt: skip
