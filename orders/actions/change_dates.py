"""Commits or request dates of many schedules in one go: one that is refused leaves the others done.

Each is judged, told in the ledger and written as `set_commit` and `move_request` do it, but by three statements
whatever the number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from orders.actions.context import Occasion
from orders.locks import StaleVersion
from tenancy.models import Tenant
from tenancy.prepared import fetch_planned
from tenancy.scope import current_tenant_id
from values.rows import as_array
from values.sql import load


@dataclass(frozen=True, slots=True)
class DateChange:
    """`line_version` is that of the line as it was seen; `was` the date it has, None where it has none."""

    order_id: int
    line_id: int
    schedule_id: int
    line_version: int
    was: date | None
    to: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one schedule. `refusal` is empty when it was done, or was so already."""

    schedule_id: int
    is_done: bool
    refusal: str = ""


class Told(NamedTuple):
    """A row that the statement answers with: a refused change, or an order and its number of changes."""

    kind: str
    id: int
    changes: int | None
    verdict: str
    order_id: int
    number: str
    order_date: date
    line_no: int
    version: int


SAME = "same"


def set_commits(*, changes: Sequence[DateChange], occasion: Occasion) -> list[Outcome]:
    return change_dates(changes, occasion, is_commit=True)


def move_requests(*, changes: Sequence[DateChange], occasion: Occasion) -> list[Outcome]:
    return change_dates(changes, occasion, is_commit=False)


def change_dates(changes: Sequence[DateChange], occasion: Occasion, *, is_commit: bool) -> list[Outcome]:
    """Outcomes by order, line and schedule. Orders are locked in the sequence of their keys, until commit.

    Two schedules of one line raise its version twice. Raises ValueError when one schedule is named twice.
    """
    ordered = sorted(changes, key=lambda each: (each.order_id, each.line_id, each.schedule_id))
    if len({each.schedule_id for each in ordered}) != len(ordered):
        raise ValueError("Each schedule is changed once.")
    wanted = [each for each in ordered if each.to != each.was]
    refusals = written(wanted, occasion, is_commit=is_commit) if wanted else {}
    return [outcome_of(each, refusals.get(each.schedule_id)) for each in ordered]


def outcome_of(change: DateChange, refusal: str | None) -> Outcome:
    if refusal is None:
        return Outcome(change.schedule_id, is_done=change.to != change.was)
    return Outcome(change.schedule_id, is_done=False, refusal=refusal)


def written(changes: Sequence[DateChange], occasion: Occasion, *, is_commit: bool) -> dict[int, str]:
    """Why those were not changed that were not, by schedule; empty where it was so already."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    seen = {each.schedule_id: each.line_version for each in changes}
    with transaction.atomic():
        run("lock_orders", orders=as_array({each.order_id for each in changes}))
        rows: list[Told] = [
            Told(*row)
            for row in run(
                "change_dates",
                orders=as_array(each.order_id for each in changes),
                schedules=as_array(each.schedule_id for each in changes),
                versions=as_array(each.line_version for each in changes),
                days=as_array(each.to for each in changes),
                is_commit=is_commit,
                **facts_of(occasion, tenant),
            )
        ]
        touched = [row for row in rows if row.kind == "order"]
        if touched:
            counts = as_array(row.changes for row in touched)
            run("refresh_order_dates", orders=as_array(row.id for row in touched), changes=counts)
    return {row.id: sentence(row, seen[row.id], is_commit=is_commit) for row in rows if row.kind == "refused"}


def facts_of(occasion: Occasion, tenant: Tenant) -> dict[str, Any]:
    """A day in a closed period posts to the first open day; `event_date` keeps the day itself."""
    return {
        "business_date": tenant.posting_date(occasion.on),
        "event_date": occasion.on,
        "recorded_at": occasion.at,
        "initiator": occasion.because.initiator,
        "reason_code": occasion.because.reason_code,
        "note": occasion.because.note,
        "actor_id": occasion.by.pk if occasion.by else None,
    }


def run(name: str, **values: Any) -> list[Any]:
    return fetch_planned(load("orders", name), {"tenant_id": current_tenant_id(), **values})


def sentence(row: Told, seen: int, *, is_commit: bool) -> str:
    """The refusal in the words of the verb."""
    what = "commit" if is_commit else "request"
    says: dict[str, Callable[[], str]] = {
        SAME: lambda: "",
        "no_order": lambda: f"There is no order {row.order_id}.",
        "blanket": lambda: f"{row.number}: a blanket order is not promised, its releases are.",
        "no_schedule": lambda: "This schedule is not on the order.",
        "stale": lambda: str(StaleVersion(f"Line {row.line_no}", seen, row.version)),
        "early": lambda: f"A {what} before the order date {row.order_date} cannot be.",
        "unbooked": lambda: f"Line {row.line_no} is not booked.",
        "closed": lambda: "Nothing of this schedule is open any more.",
    }
    return says[row.verdict]()
