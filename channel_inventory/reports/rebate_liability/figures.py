"""The figures of any part of the ledger: they add up, and everything shown is made of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Figures:
    """Minor units of one currency, signed as in the ledger, in the order of the statement's columns.

    The first ten lead from what was open before the first day to the as-of date; `…_ever` are sums up to the as-of
    date; the four ages split what is claimed. `entries` counts ledger rows.
    """

    opening_estimated: int = 0
    opening_claimed: int = 0
    accrued: int = 0
    adjusted: int = 0
    approved_estimated: int = 0
    approved_claimed: int = 0
    denied: int = 0
    settled_within: int = 0
    reversed_estimated: int = 0
    reversed_claimed: int = 0
    accrued_ever: int = 0
    approved_ever: int = 0
    settled_ever: int = 0
    age_30: int = 0
    age_60: int = 0
    age_90: int = 0
    age_over: int = 0
    entries: int = 0

    @property
    def estimated(self) -> int:
        return (
            self.opening_estimated
            + self.accrued
            + self.adjusted
            + self.approved_estimated
            + self.denied
            + self.reversed_estimated
        )

    @property
    def claimed(self) -> int:
        """Approved and not settled yet."""
        return self.opening_claimed + self.approved_claimed + self.settled_within + self.reversed_claimed

    @property
    def balance(self) -> int:
        """Both buckets; below zero it is owed to us."""
        return self.estimated + self.claimed

    @property
    def opening(self) -> int:
        return self.opening_estimated + self.opening_claimed

    @property
    def settled(self) -> int:
        """What credit memos have given up to the as-of date, positive."""
        return -self.settled_ever

    @property
    def changed_ever(self) -> int:
        """What else led from the accruals to the balance: adjusted, denied, reversed, approved beside the estimate."""
        return self.balance - self.accrued_ever - self.settled_ever

    @property
    def ages(self) -> tuple[int, int, int, int]:
        return self.age_30, self.age_60, self.age_90, self.age_over


NONE = (0,) * len(fields(Figures))
Sums = tuple[int, ...]


def summed(sums: Iterable[Sequence[int]]) -> Figures:
    return Figures(*map(sum, zip(NONE, *sums, strict=True)))
