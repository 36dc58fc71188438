"""Dates of very many schedules, part by part, in one transaction: between the parts it is told how far it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

from jobs.progress import Progress
from orders.actions.change_dates import DateChange, Outcome, change_dates
from orders.actions.context import Occasion
from orders.date_rule import DateRule
from orders.models import Schedule

PART = 2_000
NO_DATE = "It has no date to count from."
GONE = "This schedule is not on the order."


class Seen(NamedTuple):
    """A schedule as it stands now."""

    id: int
    order_id: int
    line_id: int
    request_date: date
    current_commit: date | None


@dataclass
class Tally:
    """What became of all: how many were done, how many were so already, and why the others were not."""

    done: int = 0
    same: int = 0
    refused: dict[int, str] = field(default_factory=dict)

    def add(self, outcomes: Sequence[Outcome]) -> None:
        for each in outcomes:
            if each.refusal:
                self.refused[each.schedule_id] = each.refusal
            elif each.is_done:
                self.done += 1
            else:
                self.same += 1


def change_dates_in_parts(
    *, seen: Mapping[int, int], rule: DateRule, is_commit: bool, occasion: Occasion, progress: Progress
) -> Tally:
    """`seen` is the version of its line for each schedule. Orders are locked in the sequence of their keys."""
    tally = Tally()
    rows = [Seen(*row) for row in Schedule.objects.filter(pk__in=list(seen)).values_list(*Seen._fields)]
    tally.refused.update(dict.fromkeys(seen.keys() - {row.id for row in rows}, GONE))
    looked_at = len(tally.refused)
    for part in parts(rows):
        progress(looked_at, len(seen), "Changing dates")
        outcomes, changes = [], []
        for row in part:
            was = row.current_commit if is_commit else row.request_date
            to = rule.date_for(row.request_date, was)
            if to is None:
                outcomes.append(Outcome(row.id, is_done=False, refusal=NO_DATE))
            else:
                changes.append(DateChange(row.order_id, row.line_id, row.id, seen[row.id], was, to))
        tally.add([*outcomes, *change_dates(changes, occasion, is_commit=is_commit)])
        looked_at += len(part)
    progress(looked_at, len(seen), "Writing down what was refused")
    return tally


def parts(rows: Sequence[Seen]) -> Iterator[list[Seen]]:
    """Whole orders: the second of two schedules of a line would find its version raised by the part before."""
    part: list[Seen] = []
    ordered = sorted(rows, key=lambda row: (row.order_id, row.line_id, row.id))
    for _, group in groupby(ordered, key=lambda row: row.order_id):
        part += group
        if len(part) >= PART:
            yield part
            part = []
    if part:
        yield part
