"""Which shipping terms apply to a delivery, and why.

The order is fixed. Among the rules whose conditions all hold:

1. the one with the most conditions wins (a weight band or a value band is one condition; dates are none);
2. then the one with the more particular condition, in this order: ship-to location, end buyer, the sell-to itself,
   its group (a nearer parent before a farther one), product family, ship-from, region, country, weight, value,
   Incoterm;
3. then the higher priority;
4. then the newest rule.

Both ends of a band and of a validity belong to it: a delivery of exactly 30 kg is within "to 30" and "from 30".
A condition on something the delivery does not say (no weight, no ship-to) fails.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from shipping import engine, trail
from shipping.engine import Account, Wanted
from tenancy.prepared import fetch_planned, fetch_prepared
from tenancy.scope import current_tenant_id
from values import sql
from values.rows import as_array, as_text_array

FEW = 200
"""Up to so many questions use a prepared plan and name the losers; more are planned for their number."""

NO_RULE = "No shipping rule applies"
MISSING_TERMS = "shipping terms"


@dataclass(frozen=True)
class TermsQuestion:
    """A delivery. Weight (kg) and value (reporting currency) are those of all lines to the same ship-to."""

    key: int
    sell_to_id: int
    end_buyer_id: int | None
    ship_to_id: int | None
    ship_from_id: int | None
    family_id: int | None
    on: dt.date
    weight_kg: Decimal | None
    value: Decimal | None
    incoterm: str = ""


@dataclass(frozen=True)
class TermsAnswer:
    """The terms that apply, and why. `missing` names the required fields that are still empty, in words."""

    key: int
    terms_id: int | None
    rule_id: int | None
    rule_version: int | None
    reason: str
    missing: list[str]
    considered: "Considered" = field(repr=False, compare=False)

    @property
    def trail(self) -> list[dict[str, Any]]:
        """`{"rule", "version", "applies", "conditions": [{"field", "wanted", "actual", "ok"}], "why"}` per rule."""
        return self.considered.steps


@dataclass(frozen=True)
class Considered:
    """What the statement packed about one question; spelled out only when somebody reads it."""

    question: TermsQuestion
    won: int | None
    codes: Sequence[int]
    facts: "Facts"

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        return trail.trail_of(self.won, self.codes, self.facts.rules, self.facts.actual(self.question))


@dataclass
class Facts:
    """The rows beside the answers, by id (rules by their place)."""

    rules: dict[int, dict[str, Any]] = field(default_factory=dict)
    terms: dict[int, dict[str, Any]] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    parties: dict[int, str] = field(default_factory=dict)
    places: dict[int, dict[str, Any]] = field(default_factory=dict)
    families: dict[int, str] = field(default_factory=dict)
    # what was found missing for the same terms, parties and day
    seen: dict[tuple[Any, ...], list[str]] = field(default_factory=dict)
    # the reason without its bands, and the names of the bands, by place
    phrases: dict[int, trail.Phrase] = field(default_factory=dict)

    def name_rules(self) -> None:
        """Put names where the statement left the ids of what each rule wants."""
        place_names = {number: place["name"] for number, place in self.places.items()}
        for rule in self.rules.values():
            for shelf, conditions in (
                (self.parties, ("end_buyer", "sell_to")),
                (place_names, ("ship_to", "ship_from")),
                (self.families, ("family",)),
            ):
                for name in conditions:
                    rule[name] = shelf.get(rule[name] or 0, "")

    def actual(self, asked: TermsQuestion) -> dict[str, str]:
        """What the delivery is, per condition, as the trail shows it."""
        ship_to = self.places.get(asked.ship_to_id or 0, {})
        ship_from = self.places.get(asked.ship_from_id or 0, {})
        return {
            "ship_to": ship_to.get("name", ""),
            "end_buyer": self.parties.get(asked.end_buyer_id or 0, ""),
            "sell_to": self.parties.get(asked.sell_to_id, ""),
            "family": self.families.get(asked.family_id or 0, ""),
            "ship_from": ship_from.get("name", ""),
            "region": ship_to.get("region", ""),
            "country": ship_to.get("country", ""),
            "weight": trail.figure(asked.weight_kg, " kg"),
            "value": trail.figure(asked.value),
            "incoterm": asked.incoterm,
            "dates": trail.day(asked.on),
        }

    def reason(self, place: int, asked: TermsQuestion) -> str:
        if place not in self.phrases:
            self.phrases[place] = trail.phrase_of(self.rules[place])
        return self.phrases[place].spelled(asked.weight_kg, asked.value)

    def missing(self, terms_id: int, asked: TermsQuestion) -> list[str]:
        key = (terms_id, asked.sell_to_id, asked.end_buyer_id, asked.ship_to_id, asked.on)
        if key not in self.seen:
            self.seen[key] = self._missing(terms_id, asked)
        return self.seen[key]

    def _missing(self, terms_id: int, asked: TermsQuestion) -> list[str]:
        terms = self.terms[terms_id]
        ship_to = self.places.get(asked.ship_to_id or 0)
        wanted = Wanted(
            incoterm=terms["incoterm"],
            named_place=terms["named_place"],
            freight_payer=terms["freight_payer"],
            carrier_id=terms["carrier_id"],
            service=terms["service"],
            account_id=terms["account_id"],
            has_ship_to=ship_to is not None,
        )
        payers = engine.payer_parties(
            wanted.freight_payer,
            receiver_id=ship_to["party_id"] if ship_to else None,
            sell_to_id=asked.sell_to_id,
            end_buyer_id=asked.end_buyer_id,
            re_shipper_id=terms["re_shipper_party_id"],
        )
        account = engine.choose_account(wanted, self.accounts.values(), payers=payers, on=asked.on)
        return engine.missing(wanted, account)


def resolve_terms(questions: Sequence[TermsQuestion], *, with_losers: bool | None = None) -> list[TermsAnswer]:
    """Answer all questions with one statement, in their order.

    `with_losers` puts the rules that lost into the trail too. By default a few questions get them and a batch does not.
    """
    if not questions:
        return []
    if with_losers is None:
        with_losers = len(questions) <= FEW
    facts, answers = Facts(), {}
    for kind, number, won, codes, detail in told(parameters(questions, with_losers=with_losers), len(questions)):
        if kind == "answer":
            answers[number] = (won, codes or ([] if won is None else [won]))
        else:
            store(facts, kind, number, json.loads(detail))
    facts.name_rules()
    return [
        answer(asked, *answers.get(position, (None, [])), facts) for position, asked in enumerate(questions, start=1)
    ]


def told(given: Mapping[str, Any], count: int) -> list[Any]:
    statement = sql.load("shipping", "resolve_terms")
    if count <= FEW:
        return fetch_prepared(statement, given, is_planned_once=True)
    return fetch_planned(statement, as_text(given))


def as_text(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Long columns as the text of an array, several times quicker than the driver's."""
    columns = {name: as_array(values) for name, values in given.items() if isinstance(values, list)}
    return {**given, **columns, "incoterm": as_text_array(given["incoterm"])}


def parameters(questions: Sequence[TermsQuestion], *, with_losers: bool) -> Mapping[str, Any]:
    return {
        "with_losers": with_losers,
        "tenant": current_tenant_id(),
        "sell_to": [asked.sell_to_id for asked in questions],
        "end_buyer": [asked.end_buyer_id for asked in questions],
        "ship_to": [asked.ship_to_id for asked in questions],
        "ship_from": [asked.ship_from_id for asked in questions],
        "family": [asked.family_id for asked in questions],
        "on": [asked.on for asked in questions],
        "weight": [asked.weight_kg for asked in questions],
        "value": [asked.value for asked in questions],
        "incoterm": [asked.incoterm for asked in questions],
    }


def store(facts: Facts, kind: str, number: int, detail: Any) -> None:
    if kind == "account":
        facts.accounts[number] = account_of(number, detail)
        return
    shelves: dict[str, dict[int, Any]] = {
        "rule": facts.rules,
        "terms": facts.terms,
        "party": facts.parties,
        "place": facts.places,
        "family": facts.families,
    }
    shelves[kind][number] = detail


def account_of(number: int, detail: dict[str, Any]) -> Account:
    dates = {name: dt.date.fromisoformat(detail[name]) if detail[name] else None for name in ("valid_from", "valid_to")}
    return Account(id=number, **{**detail, **dates})


def answer(asked: TermsQuestion, won: int | None, codes: Sequence[int], facts: Facts) -> TermsAnswer:
    considered = Considered(asked, won, codes, facts)
    if won is None:
        return TermsAnswer(asked.key, None, None, None, NO_RULE, [MISSING_TERMS], considered)
    place = trail.Code(won).place
    rule = facts.rules[place]
    return TermsAnswer(
        key=asked.key,
        terms_id=rule["terms_id"],
        rule_id=rule["id"],
        rule_version=rule["version"],
        reason=facts.reason(place, asked),
        missing=facts.missing(rule["terms_id"], asked),
        considered=considered,
    )
