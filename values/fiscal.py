"""Fiscal calendars: calendar months, or weeks in a 4-4-5, 4-5-4 or 5-4-4 pattern with 52 or 53 weeks a year.

A fiscal year is named after the calendar year of its last month, so October 2025 to September 2026 is 2026. A
weekly year whose last day spills into the next month (rule `nearest`) keeps the name of its nominal one.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Pattern = Literal["calendar", "445", "454", "544"]
WeekRule = Literal["last", "nearest"]

PERIODS = 12
_QUARTER = 3
_ONE_DAY = timedelta(days=1)
_WEEKS: dict[str, tuple[int, int, int]] = {"445": (4, 4, 5), "454": (4, 5, 4), "544": (5, 4, 4)}


@dataclass(frozen=True, order=True, slots=True)
class FiscalPeriod:
    """One of the year's twelve periods, first and last day included."""

    year: int
    quarter: int
    period: int
    start: date
    end: date

    def __str__(self) -> str:
        return f"FY{self.year} P{self.period:02}"


@dataclass(frozen=True, order=True, slots=True)
class FiscalQuarter:
    """One of the year's four quarters, first and last day included."""

    year: int
    quarter: int
    start: date
    end: date

    def __str__(self) -> str:
        return f"FY{self.year} Q{self.quarter}"


@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """A fiscal year, first and last day included."""

    year: int
    start: date
    end: date

    @property
    def weeks(self) -> int:
        """Whole weeks; 52 or 53 in a weekly pattern."""
        return ((self.end - self.start).days + 1) // 7

    def __str__(self) -> str:
        return f"FY{self.year}"


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """How a tenant cuts time into fiscal years, quarters and periods.

    A weekly year ends on `week_end_day` (Monday 0 … Sunday 6): the last one of the closing month, or the one
    nearest to the closing month's last day. A 53rd week belongs to period 12.
    """

    pattern: Pattern = "calendar"
    year_start_month: int = 1
    week_rule: WeekRule = "last"
    week_end_day: int = 5

    def __post_init__(self) -> None:
        if self.pattern != "calendar" and self.pattern not in _WEEKS:
            raise ValueError(f"Unknown fiscal pattern {self.pattern!r}.")
        if self.week_rule not in ("last", "nearest"):
            raise ValueError(f"Unknown week rule {self.week_rule!r}.")
        if not 1 <= self.year_start_month <= PERIODS:
            raise ValueError(f"A fiscal year cannot start in month {self.year_start_month}.")
        if not 0 <= self.week_end_day <= 6:
            raise ValueError(f"A week cannot end on day {self.week_end_day}: Monday is 0, Sunday 6.")

    def period_of(self, day: date) -> FiscalPeriod:
        return next(period for period in self.periods_of_year(self._year_number(day)) if day <= period.end)

    def quarter_of(self, day: date) -> FiscalQuarter:
        period = self.period_of(day)
        months = [each for each in self.periods_of_year(period.year) if each.quarter == period.quarter]
        return FiscalQuarter(period.year, period.quarter, months[0].start, months[-1].end)

    def year_of(self, day: date) -> FiscalYear:
        return self.year(self._year_number(day))

    def year(self, number: int) -> FiscalYear:
        return FiscalYear(number, _year_end(self, number - 1) + _ONE_DAY, _year_end(self, number))

    def periods_of_year(self, number: int) -> tuple[FiscalPeriod, ...]:
        """The twelve periods of a year, first to last."""
        return _periods(self, number)

    def previous(self, period: FiscalPeriod) -> FiscalPeriod:
        return self.period_of(period.start - _ONE_DAY)

    def next(self, period: FiscalPeriod) -> FiscalPeriod:
        return self.period_of(period.end + _ONE_DAY)

    def periods_between(self, first: date, last: date) -> list[FiscalPeriod]:
        """Every period that has a day from `first` to `last`, both included; none when `last` is earlier."""
        years = range(self._year_number(first), self._year_number(last) + 1)
        touched = (period for year in years for period in self.periods_of_year(year))
        return [period for period in touched if period.end >= first and period.start <= last]

    def _year_number(self, day: date) -> int:
        # The year before can reach into January, and no year of the next number ends before it.
        numbers = (day.year - 1, day.year, day.year + 1)
        return next(number for number in numbers if day <= _year_end(self, number))


@lru_cache(maxsize=4096)
def _year_end(calendar: FiscalCalendar, number: int) -> date:
    closing_month = calendar.year_start_month - 1 or PERIODS
    last_day = date(number, closing_month, monthrange(number, closing_month)[1])
    if calendar.pattern == "calendar":
        return last_day
    back = (last_day.weekday() - calendar.week_end_day) % 7
    if calendar.week_rule == "nearest" and back > 3:
        return last_day + timedelta(days=7 - back)
    return last_day - timedelta(days=back)


@lru_cache(maxsize=4096)
def _periods(calendar: FiscalCalendar, number: int) -> tuple[FiscalPeriod, ...]:
    periods = []
    start = _year_end(calendar, number - 1) + _ONE_DAY
    for index in range(PERIODS):
        end = _year_end(calendar, number) if index == PERIODS - 1 else _period_end(calendar, start, index)
        periods.append(FiscalPeriod(number, index // _QUARTER + 1, index + 1, start, end))
        start = end + _ONE_DAY
    return tuple(periods)


def _period_end(calendar: FiscalCalendar, start: date, index: int) -> date:
    if calendar.pattern == "calendar":
        return start.replace(day=monthrange(start.year, start.month)[1])
    return start + timedelta(weeks=_WEEKS[calendar.pattern][index % _QUARTER]) - _ONE_DAY
