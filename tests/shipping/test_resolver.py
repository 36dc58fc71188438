"""Known answers of the terms resolver, worked out by hand."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shipping.choices import Incoterm, Payer
from shipping.resolver import TermsAnswer, TermsQuestion, resolve_terms
from tests.factories.catalog import make_family
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.shipping import make_account, make_carrier, make_rule, make_terms
from tests.fixtures import TODAY

pytestmark = pytest.mark.usefixtures("inside")


def ask(sell_to: Any, **values: Any) -> TermsAnswer:
    objects = {name: values.pop(name, None) for name in ("end_buyer", "ship_to", "ship_from", "family")}
    ids = {f"{name}_id": found.pk if found else None for name, found in objects.items()}
    weight, value = (
        Decimal(str(found)) if found is not None else None
        for found in (values.pop("weight_kg", None), values.pop("value", None))
    )
    question = TermsQuestion(
        key=7, sell_to_id=sell_to.pk, on=values.pop("on", TODAY), weight_kg=weight, value=value, **ids, **values
    )
    return resolve_terms([question])[0]


def winner(answer: TermsAnswer) -> str:
    applied = [step["rule"] for step in answer.trail if step["applies"]]
    return applied[0] if applied else ""


def why(answer: TermsAnswer, rule: str) -> str:
    return next(step["why"] for step in answer.trail if step["rule"] == rule)


def test_no_rule_is_said_and_holds():
    answer = ask(make_sell_to())
    assert (answer.key, answer.terms_id, answer.rule_id, answer.rule_version) == (7, None, None, None)
    assert (answer.reason, answer.missing, answer.trail) == ("No shipping rule applies", ["shipping terms"], [])


def test_no_questions_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert resolve_terms([]) == []


def test_the_answer_carries_rule_version_terms_reason_and_conditions():
    seller = make_sell_to("NORDIS")
    dock = make_location(seller, country="DE", name="Nordis dock")
    terms = make_terms()
    rule = make_rule(terms, "HEAVY", sell_to=seller, min_weight_kg=Decimal(30), version=3)
    answer = ask(seller, ship_to=dock, weight_kg="31.2")
    assert (answer.terms_id, answer.rule_id, answer.rule_version, answer.missing) == (terms.pk, rule.pk, 3, [])
    assert answer.reason == "Rule HEAVY v3: sell-to NORDIS, weight 31.2 kg"
    assert answer.trail == [
        {
            "rule": "HEAVY",
            "version": 3,
            "applies": True,
            "conditions": [
                {"field": "sell-to", "wanted": "NORDIS", "actual": "NORDIS", "ok": True},
                {"field": "weight", "wanted": "from 30 kg", "actual": "31.2 kg", "ok": True},
            ],
            "why": "Every condition holds, and no other such rule is more specific.",
        }
    ]


def test_more_conditions_beat_a_more_particular_one():
    seller = make_sell_to()
    dock = make_location(seller, country="DE")
    make_rule(code="PLACE", ship_to=dock, priority=99)
    make_rule(code="TWO", sell_to=seller, ship_to_country="DE")
    answer = ask(seller, ship_to=dock)
    assert winner(answer) == "TWO"
    assert why(answer, "PLACE") == "Less specific than TWO: 1 condition against 2."


def test_equal_numbers_go_by_the_rank_of_the_conditions_whatever_the_priority():
    """The whole documented order, one condition each: the best is taken away until none is left."""
    group = make_party()
    seller = make_sell_to(parent=group)
    buyer, family = make_end_buyer(), make_family()
    dock = make_location(make_party(), country="DE", region="Bavaria")
    site = make_location(make_party(), "SITE")
    conditions: list[dict[str, Any]] = [
        {"ship_to": dock},
        {"end_buyer": buyer},
        {"sell_to": seller},
        {"sell_to": group},
        {"family": family},
        {"ship_from": site},
        {"ship_to_region": "Bavaria"},
        {"ship_to_country": "DE"},
        {"min_weight_kg": Decimal(1)},
        {"max_value": Decimal(100)},
        {"incoterm": Incoterm.FCA},
    ]
    rules = [make_rule(code=f"R{n:02d}", priority=n, **one) for n, one in enumerate(conditions)]
    rules.append(make_rule(code="ANY", priority=50))
    for rule in rules:
        answer = ask(
            seller, end_buyer=buyer, ship_to=dock, ship_from=site, family=family, weight_kg=2, value=50, incoterm="FCA"
        )
        assert winner(answer) == rule.code
        rule.delete()


def test_a_rank_that_loses_is_explained():
    seller, buyer = make_sell_to(), make_end_buyer()
    make_rule(code="BUYER", end_buyer=buyer)
    make_rule(code="SELLER", sell_to=seller, priority=9)
    answer = ask(seller, end_buyer=buyer)
    assert winner(answer) == "BUYER"
    assert why(answer, "SELLER") == "As many conditions as BUYER, which names the more particular ones."


def test_then_priority_then_the_newest():
    seller = make_sell_to()
    make_rule(code="LOW", sell_to=seller, priority=-5)
    make_rule(code="OLD", sell_to=seller, priority=2)
    make_rule(code="NEW", sell_to=seller, priority=2)
    make_rule(code="LATER", sell_to=seller, priority=1)
    answer = ask(seller)
    assert [step["rule"] for step in answer.trail] == ["NEW", "OLD", "LATER", "LOW"]
    assert why(answer, "OLD") == "As specific as NEW and of the same priority, but older."
    assert why(answer, "LOW") == "Priority -5 is lower than 2 of NEW."


def test_a_branch_is_reached_by_the_rules_of_its_group_the_nearer_first():
    world = make_party("WORLD")
    region = make_party("REGION", parent=world)
    branch = make_sell_to("BRANCH", parent=region)
    make_rule(code="WORLD", sell_to=world, priority=5)
    nearer = make_rule(code="REGION", sell_to=region)
    own = make_rule(code="OWN", sell_to=branch, priority=-1)
    assert winner(ask(branch)) == "OWN"
    own.delete()
    assert winner(ask(branch)) == "REGION"
    nearer.delete()
    assert winner(ask(branch)) == "WORLD"
    assert winner(ask(world)) == "WORLD"


def test_a_rule_of_a_branch_does_not_reach_its_group():
    group = make_sell_to()
    branch = make_sell_to(parent=group)
    make_rule(sell_to=branch)
    assert ask(group).terms_id is None


def test_parties_that_are_each_others_parents_end_the_climb():
    first = make_sell_to()
    second = make_sell_to(parent=first)
    first.parent = second
    first.save()
    make_rule(code="SECOND", sell_to=second)
    assert winner(ask(first)) == "SECOND"


@pytest.mark.parametrize(
    ("day", "applies"),
    [("2026-11-22", False), ("2026-11-23", True), ("2026-11-30", True), ("2026-12-01", False)],
)
def test_both_ends_of_the_validity_belong_to_it(day, applies):
    seller = make_sell_to()
    make_rule(code="DATED", sell_to=seller, valid_from=dt.date(2026, 11, 23), valid_to=dt.date(2026, 11, 30))
    answer = ask(seller, on=dt.date.fromisoformat(day))
    assert (answer.terms_id is not None) == applies
    if not applies:
        assert why(answer, "DATED") == f"Outside its dates: valid from 2026-11-23 to 2026-11-30, asked for {day}."


@pytest.mark.parametrize(
    ("weight", "rule"), [("0", ""), ("9.999", ""), ("10", "BAND"), ("30", "BAND"), ("30.001", ""), (None, "")]
)
def test_both_ends_of_the_weight_band_belong_to_it(weight, rule):
    seller = make_sell_to()
    make_rule(code="BAND", sell_to=seller, min_weight_kg=Decimal(10), max_weight_kg=Decimal(30))
    answer = ask(seller, weight_kg=weight)
    assert winner(answer) == rule
    if weight is None:
        assert why(answer, "BAND") == "weight is not known, not from 10 to 30 kg."


@pytest.mark.parametrize(("value", "rule"), [("999.99", ""), ("1000", "BAND"), ("5000", "BAND"), ("5000.01", "")])
def test_both_ends_of_the_value_band_belong_to_it(value, rule):
    seller = make_sell_to()
    make_rule(code="BAND", sell_to=seller, min_value=Decimal(1000), max_value=Decimal(5000))
    assert winner(ask(seller, value=value)) == rule


def test_at_the_edge_of_two_bands_the_tie_is_broken_like_any_other():
    seller = make_sell_to()
    make_rule(code="LIGHT", sell_to=seller, max_weight_kg=Decimal(30))
    make_rule(code="HEAVY", sell_to=seller, min_weight_kg=Decimal(30))
    assert winner(ask(seller, weight_kg=30)) == "HEAVY"  # the newer
    assert winner(ask(seller, weight_kg="29.999")) == "LIGHT"


def test_country_and_region_come_from_the_ship_to():
    seller = make_sell_to(country="US")
    make_rule(code="GERMANY", ship_to_country="DE")
    make_rule(code="BAVARIA", ship_to_country="DE", ship_to_region="Bavaria")
    assert winner(ask(seller, ship_to=make_location(seller, "A", country="DE", region="Bavaria"))) == "BAVARIA"
    in_hesse = ask(seller, ship_to=make_location(seller, "B", country="DE", region="Hesse"))
    assert winner(in_hesse) == "GERMANY"
    assert why(in_hesse, "BAVARIA") == "region is Hesse, not Bavaria."
    assert ask(seller, ship_to=make_location(seller, "C", country="FR")).terms_id is None
    assert ask(seller).terms_id is None


def test_an_inactive_rule_is_not_considered_and_retired_terms_are_named():
    seller = make_sell_to()
    make_rule(code="OFF", sell_to=seller, is_active=False)
    make_rule(make_terms(is_active=False), "RETIRED", sell_to=seller)
    answer = ask(seller)
    assert answer.terms_id is None
    assert [(step["rule"], step["why"]) for step in answer.trail] == [("RETIRED", "Its terms are no longer in use.")]


def test_every_failed_condition_is_named():
    seller, other = make_sell_to("OURS"), make_sell_to("OTHER")
    dock = make_location(seller, name="Dock 1", country="US")
    make_rule(code="NOT", ship_to=dock, sell_to=other, min_value=Decimal(10), incoterm="FCA")
    assert why(ask(seller, ship_to=dock, value=9), "NOT") == (
        "sell-to is OURS, not OTHER; value is 9, not from 10; Incoterm is not known, not FCA."
    )


def test_the_trail_is_bounded_and_keeps_the_winner():
    seller = make_sell_to()
    make_rule(code="WINS")
    for number in range(20):
        make_rule(code=f"FAILS{number}", sell_to=seller, min_weight_kg=Decimal(30))
    trail = ask(seller, weight_kg=1).trail
    assert len(trail) == 12
    assert (trail[0]["rule"], trail[0]["applies"]) == ("WINS", True)


def test_a_receiver_without_an_account_is_missing_one():
    seller = make_sell_to()
    carrier = make_carrier()
    terms = make_terms(incoterm="FCA", freight_payer=Payer.RECEIVER, carrier=carrier, service="Economy")
    make_rule(terms, sell_to=seller)
    dock = make_location(seller)
    assert ask(seller, ship_to=dock).missing == ["freight account"]
    make_account(seller, make_carrier())
    make_account(seller, carrier, service="Express")
    make_account(seller, carrier, "EXPIRED", valid_to=TODAY - dt.timedelta(days=1))
    assert ask(seller, ship_to=dock).missing == ["freight account"]
    make_account(seller, carrier, "TODAY", valid_from=TODAY, valid_to=TODAY, payer_postcode="")
    assert ask(seller, ship_to=dock).missing == ["payer postcode"]
    make_account(seller, carrier, "VERY", service="Economy")
    assert ask(seller, ship_to=dock).missing == []


def test_terms_without_carrier_or_place_and_a_delivery_without_ship_to_name_them_all():
    seller = make_sell_to()
    make_rule(make_terms(carrier=None, named_place=" "), sell_to=seller)
    assert ask(seller).missing == ["named place", "ship-to", "carrier"]


def test_goods_that_the_buyer_collects_need_no_carrier():
    seller = make_sell_to()
    make_rule(make_terms(incoterm="EXW", freight_payer=Payer.RECEIVER, carrier=None), sell_to=seller)
    assert ask(seller, ship_to=make_location(seller)).missing == []


def test_the_account_that_the_terms_name_must_be_valid_on_the_day():
    seller = make_sell_to()
    carrier = make_carrier()
    account = make_account(make_party(), carrier, valid_to=TODAY)
    make_rule(make_terms(freight_payer=Payer.THIRD_PARTY, carrier=carrier, freight_account=account), sell_to=seller)
    dock = make_location(seller)
    assert ask(seller, ship_to=dock).missing == []
    assert ask(seller, ship_to=dock, on=TODAY + dt.timedelta(days=1)).missing == ["freight account"]


def test_one_statement_answers_any_number_in_order():
    sellers = [make_sell_to() for _ in range(3)]
    rules = [make_rule(sell_to=seller) for seller in sellers[:2]]
    questions = [
        TermsQuestion(key, sellers[key % 3].pk, None, None, None, None, TODAY, None, None) for key in range(30)
    ]
    with CaptureQueriesContext(connection) as queries:
        answers = resolve_terms(questions)
    assert len(queries) == 2  # one of them only sets how the other is planned
    expected = [rules[0].pk, rules[1].pk, None] * 10
    assert [(answer.key, answer.rule_id) for answer in answers] == list(enumerate(expected))


def test_a_batch_answers_like_single_questions_but_names_no_losers():
    seller = make_sell_to()
    make_rule(code="WINS", sell_to=seller)
    make_rule(code="LOSES")
    questions = [TermsQuestion(key, seller.pk, None, None, None, None, TODAY, None, None) for key in range(201)]
    batch, single = resolve_terms(questions)[200], resolve_terms(questions[:1])[0]
    assert (batch.rule_id, batch.reason, batch.missing) == (single.rule_id, single.reason, single.missing)
    assert [step["rule"] for step in batch.trail] == ["WINS"]
    assert [step["rule"] for step in single.trail] == ["WINS", "LOSES"]
    named = resolve_terms(questions, with_losers=True)[200]
    assert named.trail == single.trail
