import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from shipping.engine import Account
from shipping.resolver import trail
from shipping.resolver.answer import Considered, TermsAnswer
from shipping.resolver.facts import Facts
from shipping.resolver.question import TermsQuestion
from tenancy.prepared import fetch_planned, fetch_prepared
from tenancy.scope import current_tenant_id
from values import sql
from values.rows import as_array, as_text_array

FEW = 200
"""Up to so many questions use a prepared plan and name the losers; more are planned for their number."""

NO_RULE = "No shipping rule applies"
MISSING_TERMS = "shipping terms"


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
