"""The statements of this report, with what all of them take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from metrics import statements
from metrics.reports.delivery_performance.calendars import calendars_for
from metrics.snapshots.delivery_coverage import DeliveryCoverage, delivery_coverage
from metrics.statements import Row

Filters = dict[str, Sequence[int] | None]
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Deliveries:
    """Schedules due from `first` to `last` as of a day. Calendars and lanes are read once for all statements.

    What is settled is read from the outcomes, the rest is classed from orders and ledger; the answer is the same
    without outcomes.
    """

    as_of: date
    first: date
    last: date
    filters: Filters

    @cached_property
    def coverage(self) -> DeliveryCoverage:
        return delivery_coverage()

    @cached_property
    def given(self) -> dict[str, Any]:
        lanes = statements.rows("delivery_lanes", as_of=self.as_of, since=self.as_of - YEAR)
        return {
            "as_of": self.as_of,
            "first": self.first,
            "last": self.last,
            **self.filters,
            **calendars_for(self.first, self.last),
            "known_since": self.coverage.known_since,
            "lane_sites": [row["site_id"] for row in lanes],
            "lane_countries": [row["country"] for row in lanes],
            "lane_days": [row["days"] for row in lanes],
        }

    def sums(self, dimensions: Sequence[str]) -> list[Row]:
        """By dimension, id and basis."""
        with statements.hashed_groups():
            return statements.rows("delivery_performance", **self.given, dimensions=list(dimensions))

    def periods(self, starts: Sequence[date]) -> list[Row]:
        """By period, counted from 1, and basis; how often each class occurred."""
        with statements.hashed_groups():
            return statements.rows("delivery_periods", **self.given, periods=list(starts))

    def lines(self, dimensions: Sequence[str]) -> list[Row]:
        with statements.hashed_groups():
            return statements.rows("delivery_lines", **self.given, dimensions=list(dimensions))

    def reasons(self) -> list[Row]:
        """Why current commits were missed."""
        return statements.rows("delivery_reasons", **self.given)

    def schedules(self, **values: Any) -> list[Row]:
        return statements.rows("delivery_schedules", **self.given, **values)
