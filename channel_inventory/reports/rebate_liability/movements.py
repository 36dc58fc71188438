"""From opening to closing, bucket by bucket: approving moves an amount from one to the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from channel_inventory.reports.rebate_liability.figures import Figures
from channel_inventory.reports.rebate_liability.section import Section


@dataclass(frozen=True)
class Movement:
    """Minor units: opening and the six changes give closing."""

    label: str
    opening: int
    accrued: int
    adjusted: int
    approved: int
    denied: int
    settled: int
    reversed: int
    closing: int
    is_sum: bool = False

    @property
    def amounts(self) -> tuple[int, ...]:
        changes = (self.accrued, self.adjusted, self.approved, self.denied, self.settled, self.reversed)
        return self.opening, *changes, self.closing


def movements(section: Section) -> Iterator[Movement]:
    """Two buckets of each kind, then the two and their sum over all kinds."""
    for kind in section.kinds:
        yield estimated(f"{kind.name.name}, estimated", kind.figures)
        yield claimed(f"{kind.name.name}, claimed", kind.figures)
    yield both("Both buckets", section.figures)


def estimated(label: str, each: Figures) -> Movement:
    return Movement(
        label, each.opening_estimated, each.accrued, each.adjusted, each.approved_estimated, each.denied, 0,
        each.reversed_estimated, each.estimated,
    )  # fmt: skip


def claimed(label: str, each: Figures) -> Movement:
    return Movement(
        label, each.opening_claimed, 0, 0, each.approved_claimed, 0, each.settled_within, each.reversed_claimed,
        each.claimed,
    )  # fmt: skip


def both(label: str, each: Figures) -> Movement:
    return Movement(
        label, each.opening, each.accrued, each.adjusted, each.approved_estimated + each.approved_claimed, each.denied,
        each.settled_within, each.reversed_estimated + each.reversed_claimed, each.balance, is_sum=True,
    )  # fmt: skip
