"""The statement against a slow reading of the documented order, over random rules and deliveries."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parties.models import Location, Party
from shipping.models import ShippingRule
from shipping.resolver import TermsQuestion, resolve_terms
from tenancy.models import Tenant
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_family
from tests.factories.parties import make_location, make_party
from tests.factories.shipping import make_terms
from tests.fixtures import TODAY

DAYS = [TODAY + dt.timedelta(days=shift) for shift in (-1, 0, 1)]
BANDS = [None, Decimal(1), Decimal(2), Decimal(3)]


@dataclass
class World:
    tenant: Tenant
    parties: list[Party]  # world, region, branch, stranger
    buyers: list[Party]
    places: list[Location]
    sites: list[Location]
    families: list[Any]
    terms: Any


@pytest.fixture
def world(aurora: Tenant) -> World:
    with tenant_scope(aurora.pk):
        top = make_party("TOP")
        region = make_party("REGION", parent=top)
        branch = make_party("BRANCH", parent=region)
        stranger = make_party("STRANGER")
        return World(
            aurora,
            [top, region, branch, stranger],
            [make_party(), make_party()],
            [
                make_location(branch, "A", country="DE", region="Bavaria"),
                make_location(branch, "B", country="DE"),
                make_location(stranger, "C", country="FR", region="Bavaria"),
            ],
            [make_location(make_party(), "S1"), make_location(make_party(), "S2")],
            [make_family(), make_family()],
            make_terms(),
        )


def maybe(size: int) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), st.integers(0, size - 1))


def pairs(values: list[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
    ordered = [(a, b) for a in values for b in values if a is None or b is None or a < b]
    return st.sampled_from(ordered)


RULES = st.lists(
    st.fixed_dictionaries(
        {
            "sell_to": maybe(4),
            "end_buyer": maybe(2),
            "ship_to": maybe(3),
            "ship_from": maybe(2),
            "family": maybe(2),
            "country": st.sampled_from(["", "", "DE", "FR"]),
            "region": st.sampled_from(["", "", "Bavaria"]),
            "incoterm": st.sampled_from(["", "", "FCA", "DAP"]),
            "weight": pairs(BANDS),
            "value": st.one_of(st.just((None, None)), pairs(BANDS)),
            "dates": st.one_of(st.just((None, None)), pairs([None, *DAYS])),
            "priority": st.integers(-1, 1),
        }
    ),
    max_size=12,
)
QUESTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "sell_to": st.integers(0, 3),
            "end_buyer": maybe(2),
            "ship_to": maybe(3),
            "ship_from": maybe(2),
            "family": maybe(2),
            "incoterm": st.sampled_from(["", "FCA"]),
            "weight": st.sampled_from(BANDS),
            "value": st.sampled_from(BANDS),
            "on": st.sampled_from(DAYS),
        }
    ),
    min_size=1,
    max_size=6,
)


def within(band: tuple[Any, Any], actual: Any) -> bool:
    low, high = band
    if low is None and high is None:
        return True
    return actual is not None and (low is None or low <= actual) and (high is None or actual <= high)


def conditions(rule: dict[str, Any], asked: dict[str, Any]) -> list[tuple[int, bool]]:
    """(rank, holds) of each condition the rule sets, read straight from the documented order."""
    country = {None: None, 0: "DE", 1: "DE", 2: "FR"}[asked["ship_to"]]
    region = {None: None, 0: "Bavaria", 1: "", 2: "Bavaria"}[asked["ship_to"]]
    # how far each of top, region, branch, stranger stands above the asked one
    above = {0: {0: 0}, 1: {1: 0, 0: 1}, 2: {2: 0, 1: 1, 0: 2}, 3: {3: 0}}[asked["sell_to"]]
    found = []
    if rule["ship_to"] is not None:
        found.append((1, rule["ship_to"] == asked["ship_to"]))
    if rule["end_buyer"] is not None:
        found.append((2, rule["end_buyer"] == asked["end_buyer"]))
    if rule["sell_to"] is not None:
        found.append((3 + above.get(rule["sell_to"], 9), rule["sell_to"] in above))
    if rule["family"] is not None:
        found.append((13, rule["family"] == asked["family"]))
    if rule["ship_from"] is not None:
        found.append((14, rule["ship_from"] == asked["ship_from"]))
    if rule["region"]:
        found.append((15, rule["region"] == region))
    if rule["country"]:
        found.append((16, rule["country"] == country))
    if rule["weight"] != (None, None):
        found.append((17, within(rule["weight"], asked["weight"])))
    if rule["value"] != (None, None):
        found.append((18, within(rule["value"], asked["value"])))
    if rule["incoterm"]:
        found.append((19, rule["incoterm"] == asked["incoterm"]))
    return found


def expected(rules: list[dict[str, Any]], asked: dict[str, Any]) -> int | None:
    best, best_key = None, None
    for age, rule in enumerate(rules):
        found = conditions(rule, asked)
        if not within(rule["dates"], asked["on"]) or not all(holds for _, holds in found):
            continue
        # a smaller rank is more particular: compared one after another, the first difference decides
        ranks = tuple(-rank for rank, _ in sorted(found))
        key = (len(found), ranks, rule["priority"], age)
        if best_key is None or key > best_key:
            best, best_key = age, key
    return best


def save(world: World, number: int, rule: dict[str, Any]) -> ShippingRule:
    def pick(rows: list[Any], index: int | None) -> Any:
        return None if index is None else rows[index]

    return ShippingRule.objects.create(
        code=f"R{number}",
        terms=world.terms,
        priority=rule["priority"],
        sell_to=pick(world.parties, rule["sell_to"]),
        end_buyer=pick(world.buyers, rule["end_buyer"]),
        ship_to=pick(world.places, rule["ship_to"]),
        ship_from=pick(world.sites, rule["ship_from"]),
        family=pick(world.families, rule["family"]),
        ship_to_country=rule["country"],
        ship_to_region=rule["region"],
        incoterm=rule["incoterm"],
        min_weight_kg=rule["weight"][0],
        max_weight_kg=rule["weight"][1],
        min_value=rule["value"][0],
        max_value=rule["value"][1],
        valid_from=rule["dates"][0],
        valid_to=rule["dates"][1],
    )


def question(world: World, key: int, asked: dict[str, Any]) -> TermsQuestion:
    def pick(rows: list[Any], index: int | None) -> int | None:
        return None if index is None else rows[index].pk

    return TermsQuestion(
        key=key,
        sell_to_id=world.parties[asked["sell_to"]].pk,
        end_buyer_id=pick(world.buyers, asked["end_buyer"]),
        ship_to_id=pick(world.places, asked["ship_to"]),
        ship_from_id=pick(world.sites, asked["ship_from"]),
        family_id=pick(world.families, asked["family"]),
        on=asked["on"],
        weight_kg=asked["weight"],
        value=asked["value"],
        incoterm=asked["incoterm"],
    )


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=RULES, questions=QUESTIONS)
def test_the_statement_agrees_with_a_slow_reading_of_the_order(world, rules, questions):
    with tenant_scope(world.tenant.pk):
        ShippingRule.objects.all().delete()
        saved = [save(world, number, rule) for number, rule in enumerate(rules)]
        answers = resolve_terms([question(world, key, asked) for key, asked in enumerate(questions)])
        for asked, answer in zip(questions, answers, strict=True):
            best = expected(rules, asked)
            assert answer.rule_id == (None if best is None else saved[best].pk)
            applied = [step["rule"] for step in answer.trail if step["applies"]]
            assert applied == ([] if best is None else [f"R{best}"])
            for step in answer.trail:
                rule = rules[int(step["rule"][1:])]
                count = len(conditions(rule, asked)) + (rule["dates"] != (None, None))
                assert len(step["conditions"]) == count
                holds = all(one["ok"] for one in step["conditions"])
                assert holds == (within(rule["dates"], asked["on"]) and all(ok for _, ok in conditions(rule, asked)))
