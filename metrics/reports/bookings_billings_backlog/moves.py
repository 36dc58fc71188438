"""Dates that moved, on two axes that are never added: what the customer asked for, and what we committed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from metrics.statements import Row
from orders.choices import Initiator, Verb

AXES = (Verb.REQUEST_MOVED, Verb.COMMIT_MOVED)
LABELS = {
    (Verb.REQUEST_MOVED, True): "Request moved later",
    (Verb.REQUEST_MOVED, False): "Request moved earlier",
    (Verb.COMMIT_MOVED, True): "Commit moved later",
    (Verb.COMMIT_MOVED, False): "Commit moved earlier",
}


@dataclass(frozen=True)
class Move:
    """Moves of one axis, direction and initiator. Later is a push-out, earlier a pull-in.

    `value` is the open value whose date moved, `value_days` that value times the calendar days, negative for earlier.
    `out_of_period` and `out_of_quarter` are the part of the value that left its fiscal period or quarter. Minor units.
    """

    verb: Verb
    is_later: bool
    initiator: Initiator
    rows: int = 0
    schedules: int = 0
    days: int = 0
    value: int = 0
    value_days: int = 0
    out_of_period: int = 0
    out_of_quarter: int = 0

    @property
    def label(self) -> str:
        return LABELS[self.verb, self.is_later]

    @property
    def driver(self) -> str:
        return "push-out" if self.is_later else "pull-in"

    @property
    def mean_days(self) -> Decimal:
        return (Decimal(self.days) / self.rows).quantize(Decimal("0.1"), ROUND_HALF_UP) if self.rows else Decimal(0)


@dataclass(frozen=True)
class Axis:
    """All moves of one axis, and what they come to: later counts up, earlier down."""

    verb: Verb
    moves: tuple[Move, ...]

    @property
    def net_value_days(self) -> int:
        return sum(move.value_days for move in self.moves)

    @property
    def net_out_of_period(self) -> int:
        return sum(move.out_of_period if move.is_later else -move.out_of_period for move in self.moves)

    @property
    def net_out_of_quarter(self) -> int:
        return sum(move.out_of_quarter if move.is_later else -move.out_of_quarter for move in self.moves)


def axes_of(rows: Sequence[Row], *, is_converted: bool) -> tuple[Axis, ...]:
    """`rows` are those of one currency, or of all that are added up; an axis without moves is there and empty."""
    found: dict[tuple[str, bool, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row["verb"], row["is_later"], row["initiator"]), []).append(row)
    moves = [move_of(key, group, is_converted=is_converted) for key, group in found.items()]
    moves.sort(key=lambda move: (not move.is_later, list(Initiator).index(move.initiator)))
    return tuple(Axis(verb, tuple(move for move in moves if move.verb == verb)) for verb in AXES)


def move_of(key: tuple[str, bool, str], rows: Iterable[Row], *, is_converted: bool) -> Move:
    listed = list(rows)

    def total(name: str, converted: str) -> int:
        return sum(row[converted if is_converted else name] or 0 for row in listed)

    return Move(
        Verb(key[0]),
        key[1],
        Initiator(key[2]),
        rows=sum(row["rows"] for row in listed),
        schedules=sum(row["schedules"] for row in listed),
        days=sum(row["days"] for row in listed),
        value=total("value", "reporting_value"),
        value_days=total("value_days", "reporting_value_days"),
        out_of_period=total("period_value", "period_reporting"),
        out_of_quarter=total("quarter_value", "quarter_reporting"),
    )
