"""Why a rule won or lost, in words: the codes of resolve_terms.sql made readable."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shipping.engine import CONDITIONS

MISS_BITS, PLACE_BITS = 12, 24
SHOWN = 12
REASON_WIDTH = 200

LABELS = {
    "ship_to": "ship-to",
    "end_buyer": "end buyer",
    "sell_to": "sell-to",
    "family": "product family",
    "ship_from": "ship-from",
    "region": "region",
    "country": "country",
    "weight": "weight",
    "value": "value",
    "incoterm": "Incoterm",
    "dates": "dates",
    "terms": "terms",
}
BANDS = {"weight": " kg", "value": "", "dates": ""}


@dataclass(frozen=True)
class Code:
    """One considered rule of one question, as the statement packed it."""

    packed: int

    @property
    def is_match(self) -> bool:
        return self.packed & ((1 << MISS_BITS) - 1) == 0

    @property
    def place(self) -> int:
        return self.packed >> MISS_BITS & ((1 << PLACE_BITS) - 1)

    @property
    def rank(self) -> int:
        return self.packed >> (MISS_BITS + PLACE_BITS)

    @property
    def condition_count(self) -> int:
        return self.rank >> 13

    def fails(self, condition: str) -> bool:
        return bool(self.packed >> CONDITIONS.index(condition) & 1)


def trail_of(
    won: int | None, packed: Sequence[int], rules: dict[int, dict[str, Any]], actual: dict[str, str]
) -> list[dict[str, Any]]:
    """The considered rules, the winner and then the most specific first, at most SHOWN of them."""
    codes = sorted((Code(one) for one in packed), key=lambda code: (code.packed != won, -code.packed))
    winner = Code(won) if won is not None else None
    return [step(code, winner, rules, actual) for code in codes[:SHOWN]]


def step(code: Code, winner: Code | None, rules: dict[int, dict[str, Any]], actual: dict[str, str]) -> dict[str, Any]:
    rule = rules[code.place]
    conditions = conditions_of(rule, code, actual)
    applies = winner is not None and code.packed == winner.packed
    return {
        "rule": rule["code"],
        "version": rule["version"],
        "applies": applies,
        "conditions": conditions,
        "why": why(code, winner, rules, conditions),
    }


def conditions_of(rule: dict[str, Any], code: Code, actual: dict[str, str]) -> list[dict[str, Any]]:
    """Each condition that the rule sets, with what it wants and what the delivery is."""
    found = []
    for name in CONDITIONS[:-1]:
        wanted = spelled(name, rule[name])
        if wanted:
            ok = not code.fails(name)
            found.append({"field": LABELS[name], "wanted": wanted, "actual": actual.get(name, ""), "ok": ok})
    return found


def why(code: Code, winner: Code | None, rules: dict[int, dict[str, Any]], conditions: list[dict[str, Any]]) -> str:
    if not code.is_match:
        return why_failed(code, conditions)
    if winner is None or code.packed == winner.packed:
        return "Every condition holds, and no other such rule is more specific."
    best = rules[winner.place]
    if code.condition_count < winner.condition_count:
        return f"Less specific than {best['code']}: {counted(code.condition_count)} against {winner.condition_count}."
    if code.rank < winner.rank:
        return f"As many conditions as {best['code']}, which names the more particular ones."
    if rules[code.place]["priority"] < best["priority"]:
        return f"Priority {rules[code.place]['priority']} is lower than {best['priority']} of {best['code']}."
    return f"As specific as {best['code']} and of the same priority, but older."


def why_failed(code: Code, conditions: list[dict[str, Any]]) -> str:
    if code.fails("dates"):
        dates = next(one for one in conditions if one["field"] == LABELS["dates"])
        return f"Outside its dates: valid {dates['wanted']}, asked for {dates['actual']}."
    if code.fails("terms"):
        return "Its terms are no longer in use."
    failed = [one for one in conditions if not one["ok"]]
    return "; ".join(f"{one['field']} is {one['actual'] or 'not known'}, not {one['wanted']}" for one in failed) + "."


@dataclass(frozen=True)
class Phrase:
    """The reason a rule gives whenever it wins; only weight and value differ from delivery to delivery."""

    text: str
    has_conditions: bool
    names_weight: bool
    names_value: bool

    def spelled(self, weight_kg: Decimal | None, value: Decimal | None) -> str:
        """Rule, version and each matched condition; a band by the figure that fell into it."""
        parts = [self.text] if self.has_conditions else []
        if self.names_weight:
            parts.append(f"{LABELS['weight']} {figure(weight_kg, ' kg')}")
        if self.names_value:
            parts.append(f"{LABELS['value']} {figure(value)}")
        text = ", ".join(parts) if self.has_conditions else self.text + ", ".join(parts)
        return text if len(text) <= REASON_WIDTH else f"{text[: REASON_WIDTH - 1]}…"


def phrase_of(rule: dict[str, Any]) -> Phrase:
    plain = [f"{LABELS[name]} {rule[name]}" for name in CONDITIONS if name not in BANDS and rule.get(name)]
    weight, value = (bool(spelled(name, rule[name])) for name in ("weight", "value"))
    opening = f"Rule {rule['code']} v{rule['version']}: "
    nothing = "" if plain or weight or value else "applies to everything"
    return Phrase(opening + (", ".join(plain) or nothing), bool(plain), weight, value)


def spelled(name: str, wanted: Any) -> str:
    """What a rule asks for, "" when it does not say."""
    if name not in BANDS:
        return wanted or ""
    low, high = wanted
    parts = [f"from {low}" if low is not None else "", f"to {high}" if high is not None else ""]
    text = " ".join(filter(None, parts))
    return f"{text}{BANDS[name]}" if text else ""


def figure(value: Decimal | None, unit: str = "") -> str:
    return "" if value is None else f"{value.normalize():f}{unit}"


def day(value: dt.date) -> str:
    return value.isoformat()


def counted(conditions: int) -> str:
    return "1 condition" if conditions == 1 else f"{conditions} conditions"
