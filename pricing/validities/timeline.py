"""Validities that must not overlap: what new rows do to the ones that are there. Plain values, no database."""

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pricing.rows import CREATED, UNCHANGED, UPDATED, Outcome, error

OPEN_END = dt.date.max


@dataclass(slots=True)
class Span:
    """Something that holds from `start` to `end` (None: open), both inclusive.

    `identity` and start tell which span a row means; `value` is what may change beside the end.
    """

    start: dt.date
    end: dt.date | None
    value: Any = None
    identity: Hashable = None
    pk: int | None = None

    @property
    def last(self) -> dt.date:
        return self.end or OPEN_END

    def meets(self, other: "Span") -> bool:
        return self.start <= other.last and other.start <= self.last

    def days(self) -> str:
        return f"from {self.start}" + (f" to {self.end}" if self.end else " on")


@dataclass(slots=True)
class Settled:
    """Outcomes in the order of the rows; the spans to insert and, by key, to update."""

    outcomes: list[Outcome]
    inserts: list[Span] = field(default_factory=list)
    updates: list[Span] = field(default_factory=list)


def settle(present: Sequence[Span], rows: Sequence[Span]) -> Settled:
    """Lay `rows` over `present`, one key at a time.

    Rows that change a present span come first, so that a file may shorten a price and add the next one in any order.
    """
    state = {(span.start, span.identity): span for span in present}
    settled = Settled([UNCHANGED] * len(rows))
    seen: dict[Hashable, Span] = {}
    changed: list[tuple[int, Span, Span]] = []
    fresh: list[tuple[int, Span]] = []
    for index, row in enumerate(rows):
        key = (row.start, row.identity)
        old = state.get(key)
        if key in seen:
            settled.outcomes[index] = repeated(seen[key], row)
        elif row.last < row.start:
            settled.outcomes[index] = error("valid_to", "dates", f"It would end on {row.end}, before it starts.")
        elif old is None:
            fresh.append((index, row))
        elif (old.end, old.value) != (row.end, row.value):
            changed.append((index, old, Span(row.start, row.end, row.value, row.identity, old.pk)))
        seen.setdefault(key, row)
    update(state, changed, settled)
    insert(state, fresh, settled)
    return settled


def repeated(first: Span, row: Span) -> Outcome:
    if (first.end, first.value) == (row.end, row.value):
        return UNCHANGED
    return error("valid_from", "duplicate", f"The file says something else {first.days()} in an earlier row.")


def update(state: dict[Any, Span], changed: Sequence[tuple[int, Span, Span]], settled: Settled) -> None:
    """Lay all changes at once, then take back those that lie over another, until none does."""
    for _, old, new in changed:
        state[old.start, old.identity] = new
    pending = list(changed)
    while bad := next((each for each in pending if clashing(state, each[2])), None):
        index, old, new = bad
        settled.outcomes[index] = overlap(clashing(state, new) or old)
        state[old.start, old.identity] = old
        pending.remove(bad)
    for index, _, new in pending:
        settled.outcomes[index] = UPDATED
        settled.updates.append(new)


def insert(state: dict[Any, Span], fresh: Sequence[tuple[int, Span]], settled: Settled) -> None:
    for index, new in fresh:
        if clash := clashing(state, new):
            settled.outcomes[index] = overlap(clash)
            continue
        state[new.start, new.identity] = new
        settled.outcomes[index] = CREATED
        settled.inserts.append(new)


def clashing(state: dict[Any, Span], new: Span) -> Span | None:
    return next((span for span in state.values() if span is not new and span.meets(new)), None)


def overlap(other: Span) -> Outcome:
    return error("valid_from", "overlap", f"It overlaps the one that holds {other.days()}.")
