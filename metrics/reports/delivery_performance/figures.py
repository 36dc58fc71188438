from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Self

REQUEST, FIRST, CURRENT = BASES = ("request", "first_commit", "current_commit")
BASIS_NAMES = {REQUEST: "Request date", FIRST: "First commit", CURRENT: "Current commit"}

FOUR_PLACES = Decimal("0.0001")
TENTH = Decimal("0.1")
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Figures:
    """Schedules of one basis by class, what of their quantity was on time, and the lines they make up.

    The last seven count promises: schedules with a date on this basis, and the moves of their commits.
    """

    on_time: int = 0
    late: int = 0
    too_early: int = 0
    pending: int = 0
    uncommitted: int = 0
    excluded: int = 0
    unshipped: int = 0
    converted: int = 0
    on_time_qty: int = 0
    decided_qty: int = 0
    lines_in_full: int = 0
    lines_missed: int = 0
    promised: int = 0
    never_moved: int = 0
    moves: int = 0
    slip_days: int = 0
    supplier_moves: int = 0
    customer_moves: int = 0
    gap_days: int = 0

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        return cls(**{each.name: row[each.name] for each in fields(cls) if each.name in row})

    @classmethod
    def sum_of(cls, parts: Iterable["Figures"]) -> Self:
        found = list(parts)
        return cls(**{each.name: sum(getattr(part, each.name) for part in found) for each in fields(cls)})

    @property
    def decided(self) -> int:
        """Kept or missed: what the rate is made of."""
        return self.on_time + self.late + self.too_early

    @property
    def missed(self) -> int:
        return self.late + self.too_early

    @property
    def due(self) -> int:
        return self.decided + self.pending

    @property
    def rate(self) -> Decimal | None:
        return fraction(self.on_time, self.decided)

    @property
    def by_quantity(self) -> Decimal | None:
        return fraction(self.on_time_qty, self.decided_qty)

    @property
    def in_full(self) -> Decimal | None:
        return fraction(self.lines_in_full, self.lines_in_full + self.lines_missed)

    @property
    def never_rate(self) -> Decimal | None:
        return fraction(self.never_moved, self.promised)

    @property
    def per_schedule(self) -> Decimal | None:
        """Recommits for each promised schedule."""
        return mean(self.moves, self.promised, HUNDREDTH)

    @property
    def moved(self) -> int:
        return self.promised - self.never_moved

    @property
    def mean_slip(self) -> Decimal | None:
        """Calendar days from the first commit to where it was moved, over the schedules that were recommitted."""
        return mean(self.slip_days, self.moved, TENTH)

    @property
    def supplier_rate(self) -> Decimal | None:
        return fraction(self.supplier_moves, self.moves)

    @property
    def customer_rate(self) -> Decimal | None:
        return fraction(self.customer_moves, self.moves)

    @property
    def our_moves(self) -> int:
        return self.moves - self.supplier_moves - self.customer_moves

    @property
    def mean_gap(self) -> Decimal | None:
        """Calendar days from the request to the first commit."""
        return mean(self.gap_days, self.promised, TENTH)

    def totals(self) -> dict[str, Any]:
        """The keys that `render_report` promises; the rate is a fraction, nothing while nothing is decided."""
        return {
            "due": self.due,
            "on_time": self.on_time,
            "late": self.late,
            "too_early": self.too_early,
            "pending": self.pending,
            "uncommitted": self.uncommitted,
            "rate": self.rate,
        }


def fraction(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(FOUR_PLACES, ROUND_HALF_UP) if whole else None


def mean(total: int, count: int, places: Decimal) -> Decimal | None:
    return (Decimal(total) / count).quantize(places, ROUND_HALF_UP) if count else None


def percent(rate: Decimal | None) -> Decimal | None:
    """A fraction in per cent, to a tenth."""
    return None if rate is None else (rate * 100).quantize(TENTH, ROUND_HALF_UP)
