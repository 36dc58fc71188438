"""Where fiscal periods and quarters begin, as arrays for the database to place a date in."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from values.fiscal import FiscalCalendar

# orders older than that are nobody's any more, and request dates lie ten years ahead at most
YEARS = range(2000, 2071)
PERIODS_IN_QUARTER = 3


@dataclass(frozen=True)
class FiscalBounds:
    """First days of consecutive periods and quarters: `width_bucket(day, periods)` is the place of the day's period."""

    periods: list[date]
    quarters: list[date]


@lru_cache(maxsize=64)
def bounds_of(calendar: FiscalCalendar) -> FiscalBounds:
    periods = [period for year in YEARS for period in calendar.periods_of_year(year)]
    return FiscalBounds(
        [period.start for period in periods],
        [period.start for period in periods if period.period % PERIODS_IN_QUARTER == 1],
    )
