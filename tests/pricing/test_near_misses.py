"""Agreements that almost apply, and what the trail says of them."""

import datetime as dt

import pytest

from pricing.choices import AgreementStatus
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list
from tests.fixtures import TODAY
from tests.pricing.world import entries, outcome, told

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (AgreementStatus.DRAFT, "Not approved: it is a draft."),
        (AgreementStatus.SUBMITTED, "Not approved yet: it is submitted."),
        (AgreementStatus.CLOSED, "It was closed."),
    ],
)
def test_what_is_not_in_force_does_not_apply(walk, status, why):
    make_agreement(walk.product, "1", end_buyer=walk.buyer, number="SPA-1", status=status)
    answer = walk.ask()
    assert (outcome(answer), told(answer, "SPA-1")) == (("none", None), why)


def test_a_superseded_revision_is_not_worth_a_word(walk):
    make_agreement(walk.product, "1", end_buyer=walk.buyer, number="SPA-1", status=AgreementStatus.SUPERSEDED)
    assert not [entry for entry in walk.ask().trail if entry["ref"]]


@pytest.mark.parametrize(
    ("day", "expected", "why"),
    [
        (TODAY - DAY, "none", "It starts on 2026-11-23; the price date is 2026-11-22."),
        (TODAY, "agreement_any", "Agreed for this end buyer."),
        (TODAY + DAY, "agreement_any", "Agreed for this end buyer."),
        (TODAY + 2 * DAY, "none", "It ended on 2026-11-24; the price date is 2026-11-25 (code 02)."),
    ],
)
def test_both_ends_of_a_validity_are_inside(walk, day, expected, why):
    dates = {"valid_from": TODAY, "valid_to": TODAY + DAY}
    make_agreement(walk.product, "1", end_buyer=walk.buyer, number="SPA-1", **dates)
    answer = walk.ask(on=day)
    assert (answer.source.value, told(answer, "SPA-1")) == (expected, why)


def test_an_expired_agreement_prices_the_days_on_which_it_was_valid(walk):
    line = make_agreement(walk.product, "1", end_buyer=walk.buyer, valid_to=TODAY)
    type(line.agreement).objects.filter(pk=line.agreement_id).update(status=AgreementStatus.EXPIRED)
    assert outcome(walk.ask(on=TODAY)) == ("agreement_any", "1.00")
    assert outcome(walk.ask(on=TODAY + DAY)) == ("none", None)


def test_another_currency_does_not_apply(walk):
    make_agreement(walk.product, "1", end_buyer=walk.buyer, currency="EUR", number="SPA-1")
    make_price_list(walk.product, "2", party=walk.sell_to, currency="EUR")
    answer = walk.ask()
    assert (outcome(answer), told(answer, "SPA-1")) == (("none", None), "It is in EUR; the line is in USD.")
    assert entries(answer, "price_list")[0]["why"] == "No list in USD is assigned to the sell-to on 2026-11-23."
    assert outcome(walk.ask(currency="EUR")) == ("agreement_any", "1.00")


def test_another_sell_to_does_not_apply(walk):
    make_agreement(walk.product, "1", end_buyer=walk.buyer, sell_to=make_sell_to(name="Rival"), number="SPA-1")
    answer = walk.ask()
    assert (outcome(answer), told(answer, "SPA-1")) == (("none", None), "It is only for the sell-to Rival.")


def test_a_line_without_end_buyer_has_no_agreement_but_may_have_a_contract(walk):
    make_agreement(walk.product, "1", end_buyer=walk.buyer, number="SPA-1")
    make_agreement(walk.product, "2", sell_to=walk.sell_to)
    answer = walk.ask(end_buyer_id=None)
    assert outcome(answer) == ("contract", "2.00")
    assert told(answer, "SPA-1") == "It is for Acme; the line names no end buyer."
    assert entries(answer, "agreement_sell_to")[0]["why"] == "The line names no end buyer."


def test_near_misses_are_bounded(walk):
    for _ in range(12):
        make_agreement(walk.product, "1", end_buyer=walk.buyer, status=AgreementStatus.DRAFT)
    for _ in range(5):
        make_agreement(walk.product, "1", end_buyer=make_end_buyer())
    assert len([entry for entry in walk.ask().trail if entry["ref"]]) == 10
