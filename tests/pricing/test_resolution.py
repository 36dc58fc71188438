"""The steps of a price one by one, and what the trail says of them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from pricing.choices import Mechanism, PriceListKind
from pricing.models import AgreementLine, FxRate, PriceListItem
from pricing.resolver import PriceQuestion, resolve_prices
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_family, make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list
from tests.fixtures import TODAY
from tests.pricing.world import entries, make_walk, outcome, told


def family_line(walk, price, **values):
    """An agreement for the product's family."""
    line = make_agreement(walk.product, price, **values)
    AgreementLine.objects.filter(pk=line.pk).update(product=None, family=walk.product.family)
    return line


# the steps ------------------------------------------------------------------------------------------------------------


def test_without_any_rule_there_is_no_price_and_the_line_is_held(walk):
    answer = walk.ask()
    assert (outcome(answer), answer.book_price, answer.reason) == (("none", None), None, "No price")
    assert [entry["step"] for entry in answer.trail] == [
        "manual", "agreement_sell_to", "agreement_any", "contract", "price_list", "base_list", "none",
    ]  # fmt: skip
    assert answer.trail[-1]["why"] == "No step gave a price: the line is held."


def test_each_step_wins_over_the_ones_after_it(walk):
    seen = []
    make_price_list(walk.product, "1.20", kind=PriceListKind.BASE)
    seen.append(outcome(walk.ask()))
    make_price_list(walk.product, "1.10", party=walk.sell_to)
    seen.append(outcome(walk.ask()))
    make_agreement(walk.product, "1.05", sell_to=walk.sell_to)
    seen.append(outcome(walk.ask()))
    make_agreement(walk.product, "1.30", end_buyer=walk.buyer)
    seen.append(outcome(walk.ask()))
    make_agreement(walk.product, "1.40", end_buyer=walk.buyer, sell_to=walk.sell_to)
    seen.append(outcome(walk.ask()))
    seen.append(outcome(walk.ask(override_price=Decimal("1.50"), override_reason="Launch")))
    assert seen == [
        ("base_list", "1.20"), ("price_list", "1.10"), ("contract", "1.05"), ("agreement_any", "1.30"),
        ("agreement_sell_to", "1.40"), ("manual", "1.50"),
    ]  # fmt: skip


def test_the_losers_are_told_why_they_lost(walk):
    make_price_list(walk.product, "1.20", kind=PriceListKind.BASE, code="BASE")
    make_price_list(walk.product, "1.10", party=walk.sell_to, code="DIST-USD")
    make_agreement(walk.product, "1.05", sell_to=walk.sell_to, number="C-1")
    make_agreement(walk.product, "1.30", end_buyer=walk.buyer, number="SPA-ANY")
    make_agreement(walk.product, "1.40", end_buyer=walk.buyer, sell_to=walk.sell_to, number="SPA-NAMED")
    answer = walk.ask()
    assert told(answer, "SPA-NAMED") == "Agreed for this end buyer and this sell-to."
    assert told(answer, "SPA-ANY") == "SPA-NAMED rev 1 comes first: it names this sell-to."
    assert told(answer, "C-1") == "SPA-NAMED rev 1 comes first: an end buyer's agreement beats a contract."
    assert told(answer, "DIST-USD") == "SPA-NAMED rev 1 comes first."
    assert told(answer, "BASE") == "The assigned list comes first."


def test_a_manual_price_needs_a_reason_and_a_sign(walk):
    make_price_list(walk.product, "1.10", party=walk.sell_to)
    without = walk.ask(override_price=Decimal(1), override_reason="  ")
    negative = walk.ask(override_price=Decimal(-1), override_reason="Refund")
    assert outcome(without) == outcome(negative) == ("price_list", "1.10")
    assert entries(without, "manual")[0]["why"] == "A manual price needs a reason."
    assert entries(negative, "manual")[0]["why"] == "A manual price cannot be negative."


def test_a_manual_price_keeps_the_book_price_beside_it(walk):
    make_price_list(walk.product, "1.10", party=walk.sell_to)
    make_agreement(walk.product, "1.00", end_buyer=walk.buyer, number="SPA-1")
    answer = walk.ask(override_price=Decimal("0.80"), override_reason="Launch")
    assert (answer.unit_price, answer.book_price, answer.reason) == (
        Decimal("0.80"), Decimal("1.10"), "Manual price: Launch",
    )  # fmt: skip
    assert told(answer, "SPA-1") == "The manual price comes first."


@pytest.mark.parametrize(("price", "below"), [("0.7999", True), ("0.80", False)])
def test_a_manual_price_below_the_floor_is_marked(walk, price, below):
    Product.objects.filter(pk=walk.product.pk).update(floor_price=Decimal("0.80"), floor_currency="USD")
    answer = walk.ask(override_price=Decimal(price), override_reason="Launch")
    assert (answer.source.value, answer.is_below_floor) == ("manual", below)


def test_a_floor_in_another_currency_is_compared_at_the_rate_of_the_day(walk):
    Product.objects.filter(pk=walk.product.pk).update(floor_price=Decimal("0.80"), floor_currency="EUR")
    ask = {"override_price": Decimal("0.90"), "override_reason": "Launch"}
    assert walk.ask(**ask).is_below_floor  # no rate: somebody has to look
    FxRate.objects.create(date=TODAY, from_currency="EUR", to_currency="USD", rate=Decimal("1.10"))
    assert not walk.ask(**ask).is_below_floor  # 0.88
    assert walk.ask(override_price=Decimal("0.87"), override_reason="Launch").is_below_floor


def test_an_agreed_price_below_the_floor_is_not_marked(walk):
    Product.objects.filter(pk=walk.product.pk).update(floor_price=Decimal(9), floor_currency="USD")
    make_agreement(walk.product, "1", end_buyer=walk.buyer)
    assert not walk.ask().is_below_floor


# tiers, caps, families, projects --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("quantity", "price"), [(1, "1.00"), (999, "1.00"), (1000, "0.90"), (1001, "0.90")])
def test_a_tier_starts_with_its_own_quantity(walk, quantity, price):
    line = make_agreement(walk.product, "1", end_buyer=walk.buyer)
    AgreementLine.objects.filter(pk=line.pk).update(min_qtys=[1, 1000], prices=[Decimal(1), Decimal("0.90")])
    assert outcome(walk.ask(quantity)) == ("agreement_any", price)


def test_below_the_first_tier_an_agreement_does_not_apply(walk):
    make_agreement(walk.product, "1", end_buyer=walk.buyer, min_qty=500, number="SPA-1")
    answer = walk.ask(499)
    assert (outcome(answer), told(answer, "SPA-1")) == (("none", None), "Its prices start at 500; the line is 499.")
    assert told(walk.ask(500), "SPA-1") == "Agreed for this end buyer, from 500."


def test_a_cumulative_tier_counts_what_was_used_and_reserved(walk):
    make_agreement(
        walk.product, "1", end_buyer=walk.buyer, min_qty=1000, tier_basis="cumulative", consumed_qty=500,
        reserved_qty=300, number="SPA-1",
    )  # fmt: skip
    assert told(walk.ask(199), "SPA-1") == "Its prices start at 1,000 in all; with this line it reaches 999."
    assert outcome(walk.ask(200)) == ("agreement_any", "1.00")


def test_a_direct_agreement_applies_while_the_cap_holds_the_whole_line(walk):
    make_agreement(
        walk.product, "1", end_buyer=walk.buyer, cap_qty=500, consumed_qty=150, reserved_qty=50, number="SPA-1"
    )
    assert told(walk.ask(300), "SPA-1") == "Agreed for this end buyer; 300 of 500 left."
    answer = walk.ask(301)
    assert outcome(answer) == ("none", None)
    assert told(answer, "SPA-1") == "Only 300 of 500 left; the line needs 301 (code 04)."


def test_a_used_up_cap_says_so(walk):
    make_agreement(walk.product, "1", end_buyer=walk.buyer, cap_qty=500, consumed_qty=500, number="SPA-1")
    assert told(walk.ask(1), "SPA-1") == "Nothing is left of 500 (code 05)."


def test_ship_and_debit_applies_until_nothing_is_left(walk):
    make_price_list(walk.product, "2", party=walk.sell_to)
    line = make_agreement(
        walk.product, "1", end_buyer=walk.buyer, mechanism=Mechanism.SHIP_AND_DEBIT, cap_qty=500, consumed_qty=499
    )
    assert (walk.ask(1000).agreed_cost, walk.ask(1000).unit_price) == (Decimal(1), Decimal(2))
    AgreementLine.objects.filter(pk=line.pk).update(consumed_qty=500)
    assert (walk.ask(1).agreed_cost, outcome(walk.ask(1))) == (None, ("price_list", "2.00"))


def test_ship_and_debit_charges_the_book_price_of_the_agreement_where_no_list_has_one(walk):
    values = {"end_buyer": walk.buyer, "mechanism": Mechanism.SHIP_AND_DEBIT, "number": "SPA-1"}
    line = make_agreement(walk.product, "1", book_price=Decimal(3), **values)
    answer = walk.ask()
    assert (outcome(answer), answer.book_price, answer.agreed_cost) == (("agreement_any", "3.00"), 3, 1)
    AgreementLine.objects.filter(pk=line.pk).update(book_price=None)
    held = walk.ask()
    assert (outcome(held), held.agreed_cost, held.agreement_line_id) == (("none", None), None, None)
    assert told(held, "SPA-1") == "Ship and debit charges book, but no list has a book price for this line."


def test_a_product_beats_a_family(walk):
    family_line(walk, "1", end_buyer=walk.buyer, number="SPA-FAMILY")
    assert told(walk.ask(), "SPA-FAMILY") == "Agreed for this end buyer for the product's family."
    make_agreement(walk.product, "2", end_buyer=walk.buyer, number="SPA-PRODUCT")
    answer = walk.ask()
    assert outcome(answer) == ("agreement_any", "2.00")
    assert told(answer, "SPA-FAMILY") == "SPA-PRODUCT rev 1 comes first: a product beats a family."


def test_a_family_of_another_product_does_not_apply(walk):
    family_line(walk, "1", end_buyer=walk.buyer)
    other = make_product(family=make_family())
    assert outcome(walk.ask(product_id=other.pk)) == ("none", None)


def test_a_project_agreement_applies_only_when_named_and_then_first(walk):
    make_agreement(walk.product, "2", end_buyer=walk.buyer, number="SPA-PLAIN")
    make_agreement(walk.product, "1", end_buyer=walk.buyer, project="ROVER", number="SPA-ROVER")
    unnamed = walk.ask()
    assert outcome(unnamed) == outcome(walk.ask(project="OTHER")) == ("agreement_any", "2.00")
    assert told(unnamed, "SPA-ROVER") == "It is for the project ROVER, which the line does not name."
    named = walk.ask(project="ROVER")
    assert outcome(named) == ("agreement_any", "1.00")
    assert told(named, "SPA-PLAIN") == "SPA-ROVER rev 1 comes first: it is for the project ROVER."


# groups ---------------------------------------------------------------------------------------------------------------


def test_a_branch_has_the_terms_of_its_group_until_it_has_its_own(walk):
    group = make_sell_to("GROUP", name="Group")
    branch = make_sell_to("BRANCH", parent=make_sell_to("MIDDLE", parent=group))
    make_agreement(walk.product, "1", end_buyer=walk.buyer, sell_to=group, number="SPA-GROUP")
    assert outcome(walk.ask(sell_to_id=branch.pk)) == ("agreement_sell_to", "1.00")
    make_agreement(walk.product, "2", end_buyer=walk.buyer, sell_to=branch, number="SPA-OWN")
    answer = walk.ask(sell_to_id=branch.pk)
    assert outcome(answer) == ("agreement_sell_to", "2.00")
    assert told(answer, "SPA-GROUP") == "SPA-OWN rev 1 comes first: it names the sell-to, this one its group."
    assert outcome(walk.ask(sell_to_id=group.pk)) == ("agreement_sell_to", "1.00")


def test_the_terms_of_a_branch_are_not_those_of_its_group(walk):
    group = make_sell_to()
    make_agreement(walk.product, "1", end_buyer=walk.buyer, sell_to=make_sell_to(parent=group))
    assert outcome(walk.ask(sell_to_id=group.pk)) == ("none", None)


def test_an_end_buyers_plant_buys_under_the_agreement_of_its_holding(walk):
    plant = make_end_buyer(parent=walk.buyer)
    make_agreement(walk.product, "1", end_buyer=walk.buyer, number="SPA-HOLDING")
    assert outcome(walk.ask(end_buyer_id=plant.pk)) == ("agreement_any", "1.00")
    make_agreement(walk.product, "2", end_buyer=plant)
    answer = walk.ask(end_buyer_id=plant.pk)
    assert outcome(answer) == ("agreement_any", "2.00")
    assert told(answer, "SPA-HOLDING").endswith("it names the end buyer, this one its group.")


def test_the_list_of_the_branch_wins_over_a_better_break_of_its_group(walk):
    group = make_sell_to()
    branch = make_sell_to(parent=group)
    theirs = make_price_list(walk.product, "1.00", party=group, code="GROUP")
    PriceListItem.objects.create(
        price_list=theirs, product=walk.product, min_qty=50, price=Decimal("0.50"), valid_from=dt.date(2026, 1, 1)
    )
    answer = walk.ask(100, sell_to_id=branch.pk)
    assert outcome(answer) == ("price_list", "0.50")
    assert told(answer, "GROUP") == "From 50 on, assigned to its group."
    make_price_list(walk.product, "2.00", party=branch, code="OWN")
    assert outcome(walk.ask(100, sell_to_id=branch.pk)) == ("price_list", "2.00")


# lists ----------------------------------------------------------------------------------------------------------------


def test_a_list_prices_by_break_and_date(walk):
    found = make_price_list(walk.product, "1.00", party=walk.sell_to)
    for quantity, price, start, end in (
        (100, "0.90", dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        (100, "0.80", dt.date(2026, 7, 1), None),
    ):
        PriceListItem.objects.create(
            price_list=found, product=walk.product, min_qty=quantity, price=Decimal(price), valid_from=start,
            valid_to=end,
        )  # fmt: skip
    asked = [(99, TODAY), (100, TODAY), (100, dt.date(2026, 7, 1)), (100, dt.date(2026, 6, 30))]
    assert [outcome(walk.ask(quantity, on=day))[1] for quantity, day in asked] == ["1.00", "0.80", "0.80", "0.90"]
    assert outcome(walk.ask(100, on=dt.date(2025, 12, 31))) == ("none", None)


def test_a_list_without_the_product_falls_through_to_the_base_list(walk):
    make_price_list(make_product(), "1", party=walk.sell_to, code="DIST-USD")
    make_price_list(walk.product, "2", kind=PriceListKind.BASE, code="BASE")
    answer = walk.ask()
    assert (outcome(answer), answer.book_price) == (("base_list", "2.00"), Decimal(2))
    assert told(answer, "DIST-USD") == "The list has no price for this product, quantity and date."
    assert told(answer, "BASE") == "For everybody, from 1 on."


def test_a_price_of_zero_is_a_price(walk):
    make_price_list(walk.product, "0", party=walk.sell_to)
    assert outcome(walk.ask()) == ("price_list", "0.00")


# shape ----------------------------------------------------------------------------------------------------------------


def test_any_number_of_questions_is_one_statement_answered_in_order(walk):
    make_price_list(walk.product, "1", party=walk.sell_to)
    questions = [
        PriceQuestion(key, walk.sell_to.pk, walk.buyer.pk, walk.product.pk, 1, "USD", TODAY) for key in range(120)
    ]
    for asked in (questions[:1], questions[:7], questions):
        with CaptureQueriesContext(connection) as queries:
            answers = resolve_prices(asked)
        assert len(queries) == 1
        assert [answer.key for answer in answers] == [question.key for question in asked]
    assert resolve_prices([]) == []


def test_citations_that_are_no_candidates_are_asked_for_together(walk):
    make_agreement(make_product(), "2", end_buyer=walk.buyer, number="SPA-ELSE")
    questions = [
        PriceQuestion(key, walk.sell_to.pk, walk.buyer.pk, walk.product.pk, 1, "USD", TODAY, cited_agreement=cited)
        for key, cited in enumerate(["SPA-ELSE", "", "SPA-NONE"])
    ]
    with CaptureQueriesContext(connection) as queries:
        answers = resolve_prices(questions)
    assert len(queries) == 2
    assert told(answers[0], "SPA-ELSE").endswith("this product is not on it (code 03).")
    assert told(answers[2], "SPA-NONE") == "Code 01: there is no agreement SPA-NONE."


def test_prices_of_another_tenant_are_not_seen(walk, kestrel):
    with tenant_scope(kestrel.pk):
        theirs = make_walk()
        make_price_list(theirs.product, "1", party=theirs.sell_to)
        make_agreement(theirs.product, "1", end_buyer=theirs.buyer, number="SPA-THEIRS")
        assert outcome(theirs.ask()) == ("agreement_any", "1.00")
    stolen = theirs.ask(cited_agreement="SPA-THEIRS")
    assert (outcome(stolen), stolen.book_price) == (("none", None), None)
    assert told(stolen, "SPA-THEIRS") == "Code 01: there is no agreement SPA-THEIRS."
