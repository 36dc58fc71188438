"""Rebuild the state of an order from its ledger rows alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from orders.choices import BACKLOG_VERBS, BILLING_VERBS, Verb


@dataclass
class ReplayedSchedule:
    quantity: int = 0
    open_qty: int = 0
    open_value: int = 0
    open_reporting: int | None = 0
    shipped_qty: int = 0
    billed_value: int = 0
    request_date: date | None = None
    first_commit: date | None = None
    current_commit: date | None = None
    ship_date: date | None = None
    unit_price: Decimal | None = None
    sell_to_id: int | None = None
    end_buyer_id: int | None = None
    problems: list[str] = field(default_factory=list)


def replay(rows: Iterable[Any]) -> dict[int, ReplayedSchedule]:
    """Ledger rows of an order in the order of their ids → what each schedule must look like now.

    A row whose own `open_qty` or `open_value` does not follow from the rows before it is told in `problems`.
    """
    schedules: dict[int, ReplayedSchedule] = {}
    commits: dict[int, tuple[date | None, date | None]] = {}
    for row in rows:
        schedule = schedules.setdefault(row.schedule_id, ReplayedSchedule())
        apply_amounts(schedule, row)
        apply_dates(schedule, row)
        if row.verb == Verb.SPLIT:
            inherit_commits(schedule, row, commits)
        if row.verb in BACKLOG_VERBS:
            schedule.sell_to_id, schedule.end_buyer_id = row.sell_to_id, row.end_buyer_id
            schedule.unit_price = row.unit_price
    return schedules


def apply_amounts(schedule: ReplayedSchedule, row: Any) -> None:
    if row.verb in BILLING_VERBS:
        schedule.billed_value += row.value_delta
        return
    schedule.open_qty += row.quantity_delta
    schedule.open_value += row.value_delta
    if row.reporting_delta is None or schedule.open_reporting is None:
        schedule.open_reporting = None
    else:
        schedule.open_reporting += row.reporting_delta
    if row.verb in (Verb.SHIPPED, Verb.UNSHIPPED):
        schedule.shipped_qty -= row.quantity_delta
    elif row.verb != Verb.TRANSFERRED:
        schedule.quantity += row.quantity_delta
    # of the two rows of a transfer only the sum moves nothing; each alone shows the state after both
    is_half = row.verb == Verb.TRANSFERRED and row.quantity_delta < 0
    if not is_half and (schedule.open_qty, schedule.open_value) != (row.open_qty, row.open_value):
        schedule.problems.append(
            f"row {row.id} says {row.open_qty} for {row.open_value} open, the rows up to it give "
            f"{schedule.open_qty} for {schedule.open_value}"
        )


def apply_dates(schedule: ReplayedSchedule, row: Any) -> None:
    if row.verb in (Verb.BOOKED, Verb.REQUEST_MOVED):
        schedule.request_date = row.to_date
    elif row.verb == Verb.COMMIT_SET:
        schedule.first_commit = schedule.current_commit = row.to_date
    elif row.verb == Verb.COMMIT_MOVED:
        schedule.current_commit = row.to_date
    elif row.verb == Verb.SHIPPED:
        schedule.ship_date = max(row.to_date, schedule.ship_date or row.to_date)
    elif row.verb == Verb.UNSHIPPED and not schedule.shipped_qty:
        schedule.ship_date = None


def inherit_commits(schedule: ReplayedSchedule, row: Any, commits: dict[int, tuple[date | None, date | None]]) -> None:
    """A split writes the parent's row (negative) and then the child's: the child inherits all dates."""
    if row.quantity_delta < 0:
        commits[row.line_id] = (schedule.first_commit, schedule.current_commit)
        return
    schedule.request_date = row.to_date
    schedule.first_commit, schedule.current_commit = commits.pop(row.line_id, (None, None))
