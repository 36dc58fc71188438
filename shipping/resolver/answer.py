"""What the resolver of shipping terms answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from shipping.resolver import trail
from shipping.resolver.facts import Facts
from shipping.resolver.question import TermsQuestion


@dataclass(frozen=True)
class Considered:
    """What the statement packed about one question; spelled out only when somebody reads it."""

    question: TermsQuestion
    won: int | None
    codes: Sequence[int]
    facts: Facts

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        return trail.trail_of(self.won, self.codes, self.facts.rules, self.facts.actual(self.question))


@dataclass(frozen=True)
class TermsAnswer:
    """The terms that apply, and why. `missing` names the required fields that are still empty, in words."""

    key: int
    terms_id: int | None
    rule_id: int | None
    rule_version: int | None
    reason: str
    missing: list[str]
    considered: Considered = field(repr=False, compare=False)

    @property
    def trail(self) -> list[dict[str, Any]]:
        """`{"rule", "version", "applies", "conditions": [{"field", "wanted", "actual", "ok"}], "why"}` per rule."""
        return self.considered.steps
