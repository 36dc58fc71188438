"""The statements of this report, with what all of them take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from metrics import statements
from metrics.reports.delivery_performance.calendars import calendars_for
from metrics.statements import Row

Filters = dict[str, Sequence[int] | None]
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Deliveries:
    """Schedules due from `first` to `last` as of a day. Calendars and lanes are read once for all statements."""

    as_of: date
    first: date
    last: date
    filters: Filters

    @cached_property
    def given(self) -> dict[str, Any]:
        lanes = statements.rows("delivery_lanes", as_of=self.as_of, since=self.as_of - YEAR)
        return {
            "as_of": self.as_of,
            "first": self.first,
            "last": self.last,
            **self.filters,
            **calendars_for(self.first, self.last),
            "lane_sites": [row["site_id"] for row in lanes],
            "lane_countries": [row["country"] for row in lanes],
            "lane_days": [row["days"] for row in lanes],
        }

    def sums(self, dimensions: Sequence[str], since: date, periods: Sequence[date]) -> list[Row]:
        """By dimension, id and basis; `since` begins all dimensions but the periods."""
        given = {**self.given, "dimensions": list(dimensions), "since": since, "periods": list(periods)}
        with statements.hashed_groups():
            return statements.rows("delivery_performance", **given)

    def lines(self, dimensions: Sequence[str], since: date) -> list[Row]:
        given = {**self.given, "first": since, "dimensions": list(dimensions)}
        with statements.hashed_groups():
            return statements.rows("delivery_lines", **given)

    def schedules(self, **values: Any) -> list[Row]:
        return statements.rows("delivery_schedules", **self.given, **values)
