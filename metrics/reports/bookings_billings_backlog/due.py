"""Backlog by when it is due: by the current commit, with what no date stands behind apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from metrics.statements import Row
from values.fiscal import FiscalCalendar, FiscalPeriod

PERIODS_AHEAD = 4

LATE, MONTH, LATER, UNSCHEDULED = "late", "month", "later", "unscheduled"


@dataclass(frozen=True)
class Bucket:
    """`kind` is late, month, later or unscheduled. Minor units; `first` and `last` bound the commits in it."""

    kind: str
    label: str
    first: date | None = None
    last: date | None = None
    quantity: int = 0
    value: int = 0
    reporting_value: int = 0
    schedules: int = 0

    def holds(self, commit: date | None) -> bool:
        if commit is None:
            return self.kind == UNSCHEDULED
        after_first = self.first is None or commit >= self.first
        before_last = self.last is None or commit <= self.last
        return self.kind != UNSCHEDULED and after_first and before_last

    def plus(self, row: Row) -> "Bucket":
        return replace(
            self,
            quantity=self.quantity + row["quantity"],
            value=self.value + row["value"],
            reporting_value=self.reporting_value + row["reporting_value"],
            schedules=self.schedules + row["schedules"],
        )


@dataclass(frozen=True)
class Due:
    """All buckets of one currency, in the order of their dates, and what is late by the customer's request date."""

    buckets: tuple[Bucket, ...]
    past_request_value: int
    past_request_reporting: int

    @property
    def value(self) -> int:
        return sum(bucket.value for bucket in self.buckets)

    @property
    def reporting_value(self) -> int:
        return sum(bucket.reporting_value for bucket in self.buckets)

    @property
    def late(self) -> Bucket:
        return self.buckets[0]


def empty_buckets(calendar: FiscalCalendar, as_of: date) -> list[Bucket]:
    """Late (commit before the as-of date), the rest of this fiscal period, four more, later, unscheduled."""
    period = calendar.period_of(as_of)
    buckets = [Bucket(LATE, f"Late (commit before {day(as_of)})", last=as_of - timedelta(days=1))]
    start = as_of
    for _ in range(PERIODS_AHEAD + 1):
        buckets.append(Bucket(MONTH, label_of(period, start), start, period.end))
        period = calendar.next(period)
        start = period.start
    return [*buckets, Bucket(LATER, "Later", first=start), Bucket(UNSCHEDULED, "Unscheduled (no commit)")]


def due_of(rows: Sequence[Row], calendar: FiscalCalendar, as_of: date) -> Due:
    """`rows` are those of one currency by commit date."""
    buckets = empty_buckets(calendar, as_of)
    for row in rows:
        place = next(n for n, bucket in enumerate(buckets) if bucket.holds(row["commit_date"]))
        buckets[place] = buckets[place].plus(row)
    return Due(
        tuple(buckets),
        sum(row["past_request_value"] for row in rows),
        sum(row["past_request_reporting"] for row in rows),
    )


def label_of(period: FiscalPeriod, start: date) -> str:
    """A calendar month by its name, any other period by its number; with its days when it has begun."""
    is_month = period.start.day == 1 and (period.end + timedelta(days=1)).day == 1
    name = f"{period.end:%b %Y}" if is_month else str(period)
    if start == period.start:
        return name
    return f"{start.day}–{period.end.day} {period.end:%b}" if is_month else f"{name} from {day(start)}"


def day(of: date) -> str:
    return f"{of.day} {of:%b}"
