"""Commits or request dates of many schedules, each by its own verb: one that is refused leaves the others done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import transaction

from orders.actions.context import Occasion
from orders.actions.move_request import move_request
from orders.actions.set_commit import set_commit
from orders.engine.state import VerbRefused
from orders.locks import NoSuchOrder, StaleVersion
from orders.models import Order

REFUSALS = (VerbRefused, StaleVersion, NoSuchOrder)


class DateVerb(Protocol):
    def __call__(
        self, *, order_id: int, schedule_id: int, to: date, occasion: Occasion, line_version: int | None
    ) -> Order: ...


@dataclass(frozen=True)
class DateChange:
    """`line_version` is that of the line as it was seen; `was` the date it has, None where it has none."""

    order_id: int
    line_id: int
    schedule_id: int
    line_version: int
    was: date | None
    to: date


@dataclass(frozen=True)
class Outcome:
    """What became of one schedule. `refusal` is empty when it was done, or was so already."""

    schedule_id: int
    is_done: bool
    refusal: str = ""


def set_commits(*, changes: Sequence[DateChange], occasion: Occasion) -> list[Outcome]:
    return change_dates(set_commit, changes, occasion)


def move_requests(*, changes: Sequence[DateChange], occasion: Occasion) -> list[Outcome]:
    return change_dates(move_request, changes, occasion)


def change_dates(verb: DateVerb, changes: Sequence[DateChange], occasion: Occasion) -> list[Outcome]:
    """Orders are locked in the sequence of their keys. Two schedules of one line raise its version twice."""
    done: Counter[int] = Counter()
    outcomes = []
    for change in sorted(changes, key=lambda each: (each.order_id, each.line_id, each.schedule_id)):
        outcome = change_one(verb, change, occasion, change.line_version + done[change.line_id])
        done[change.line_id] += outcome.is_done
        outcomes.append(outcome)
    return outcomes


def change_one(verb: DateVerb, change: DateChange, occasion: Occasion, line_version: int) -> Outcome:
    if change.to == change.was:
        return Outcome(change.schedule_id, is_done=False)
    try:
        with transaction.atomic():
            verb(
                order_id=change.order_id,
                schedule_id=change.schedule_id,
                to=change.to,
                occasion=occasion,
                line_version=line_version,
            )
    except REFUSALS as refusal:
        return Outcome(change.schedule_id, is_done=False, refusal=str(refusal))
    return Outcome(change.schedule_id, is_done=True)
