"""Schedules with their dates and class, as rows of a list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from metrics.reports.bookings_billings_backlog.names import Name, Names, names_of
from metrics.reports.delivery_performance.figures import CURRENT
from metrics.reports.delivery_performance.query import Deliveries
from metrics.statements import Row

OUTCOMES = {
    "on_time": "On time",
    "late": "Late",
    "too_early": "Too early",
    "pending": "Pending",
    "uncommitted": "Uncommitted",
    "excluded": "Excluded",
}
START = (dt.date.min, 0)


@dataclass(frozen=True)
class Miss:
    """One schedule on one basis. `days_late` are business days, below zero before the date; `moved_by` is who moved its
    commit last and why, where that is asked for.
    """

    schedule_id: int
    order_id: int
    order_number: str
    place: str
    sell_to: Name
    end_buyer: Name
    product: Name
    site: str
    quantity: int
    open_qty: int
    request_date: dt.date
    first_commit: dt.date | None
    current_commit: dt.date | None
    due_on: dt.date
    actual: dt.date | None
    days_late: int | None
    moves: int
    outcome: str
    is_converted: bool
    moved_by: str = ""

    @property
    def sort_date(self) -> dt.date:
        return self.due_on

    @property
    def outcome_name(self) -> str:
        return OUTCOMES[self.outcome]

    @property
    def days(self) -> int | None:
        """Business days off the date; nothing while it is pending or was not promised."""
        return self.days_late if self.outcome in ("on_time", "late", "too_early") else None


def worst_of(deliveries: Deliveries, size: int) -> Sequence[Miss]:
    """The misses of the current commit, the longest first."""
    rows = deliveries.schedules(
        basis=CURRENT, outcomes=["late", "too_early"], is_unshipped=False, moves_from=None, moves_to=None,
        after_date=START[0], after_id=START[1], is_worst_first=True, size=size,
    )  # fmt: skip
    return misses_of(rows)


def misses_of(rows: Sequence[Row]) -> list[Miss]:
    found = [row for row in rows if row["schedule_id"] is not None]
    names = names_of(
        [row[name] for row in found for name in ("sell_to_id", "end_buyer_id")], [row["product_id"] for row in found]
    )
    return [miss_of(row, names) for row in found]


def miss_of(row: Row, names: Names) -> Miss:
    same = (
        "schedule_id", "order_id", "order_number", "quantity", "open_qty", "request_date", "first_commit",
        "current_commit", "due_on", "actual", "days_late", "moves", "outcome", "is_converted",
    )  # fmt: skip
    return Miss(
        place=f"{row['line_no']}.{row['schedule_no']}",
        sell_to=names.party(row["sell_to_id"]),
        end_buyer=names.party(row["end_buyer_id"]),
        product=names.product(row["product_id"]),
        site=row["site_name"] or "",
        **{name: row[name] for name in same},
    )
