"""Business dates, date ranges and business days."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property, lru_cache
from zoneinfo import ZoneInfo

import holidays

_SATURDAY, _SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)
# no business has days outside; calendars of fiscal years need room on both sides
EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `start` to `end`, both included; no end means for ever."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"The range ends on {self.end}, before it starts on {self.start}.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "DateRange") -> bool:
        return (other.end is None or self.start <= other.end) and (self.end is None or other.start <= self.end)

    def __str__(self) -> str:
        return f"from {self.start}" if self.end is None else f"{self.start} to {self.end}"


def business_date(instant: datetime, zone: str) -> date:
    """The calendar date that clocks in `zone` (an IANA name) show at an aware instant."""
    if instant.tzinfo is None:
        raise ValueError("A business date needs an instant with a time zone.")
    return instant.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True)
class BusinessCalendar:
    """Working days of a country, or of one of its subdivisions; get it from `business_calendar`.

    Weekends, public holidays and working days moved to a weekend are those of the `holidays` library. Without
    a known country it is weekends only; `note` says what the calendar does not know, "" when it knows all.
    """

    country: str
    subdivision: str = ""

    @cached_property
    def knows_country(self) -> bool:
        return self.country in _supported()

    @cached_property
    def knows_subdivision(self) -> bool:
        return self.subdivision in _supported().get(self.country, ())

    @cached_property
    def note(self) -> str:
        if not self.knows_country:
            country = self.country or "a missing country"
            return f"No holidays are known for {country}: only weekends are left out."
        if self.subdivision and not self.knows_subdivision:
            place = f"{self.country}-{self.subdivision}"
            return f"No holidays are known for {place}: those of {self.country} are used."
        return ""

    def is_business_day(self, day: date) -> bool:
        days = self._year(day.year)
        at = bisect_left(days, day)
        return at < len(days) and days[at] == day

    def add_business_days(self, day: date, count: int) -> date:
        """The count-th business day after `day`, or before it when count is negative; `day` itself for 0.

        `day` may be a day off: one business day after a Saturday is Monday, one before it is Friday.
        """
        if count == 0:
            return day
        return self._forward(day, count) if count > 0 else self._back(day, -count)

    def business_days_between(self, first: date, second: date) -> int:
        """Business days after `first` up to and including `second`; negative when `second` is earlier.

        So a → b and b → a differ only in sign, and a → b plus b → c is a → c.
        """
        if second < first:
            return -self.business_days_between(second, first)
        return self._counted(second) - self._counted(first) + self._whole_years(first.year, second.year)

    def _counted(self, day: date) -> int:
        return bisect_right(self._year(day.year), day)

    def _whole_years(self, first: int, second: int) -> int:
        return sum(len(self._year(year)) for year in range(first, second))

    def _forward(self, day: date, count: int) -> date:
        year, place = day.year, self._counted(day) + count - 1
        while place >= len(self._year(year)):
            place -= len(self._year(year))
            year += 1
        return self._year(year)[place]

    def _back(self, day: date, count: int) -> date:
        year, place = day.year, bisect_left(self._year(day.year), day) - count
        while place < 0:
            year -= 1
            place += len(self._year(year))
        return self._year(year)[place]

    def _year(self, year: int) -> tuple[date, ...]:
        if not self.knows_country:
            return _business_days("", "", year)
        return _business_days(self.country, self.subdivision if self.knows_subdivision else "", year)


@cache
def business_calendar(country: str, subdivision: str = "") -> BusinessCalendar:
    """The calendar of an ISO 3166 country code (`DE`) and, optionally, subdivision (`BY` or `DE-BY`)."""
    country = country.strip().upper()
    return BusinessCalendar(country, subdivision.strip().upper().removeprefix(f"{country}-"))


@cache
def _supported() -> dict[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=True)


# Years are built whole and kept as plain tuples: the library fills its objects while they are read, which two
# threads of one worker must not see half done.
@lru_cache(maxsize=4096)
def _business_days(country: str, subdivision: str, year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    days = [first + _ONE_DAY * offset for offset in range((date(year, 12, 31) - first).days + 1)]
    if not country:
        return tuple(day for day in days if day.weekday() not in (_SATURDAY, _SUNDAY))
    # A neighbouring year may move one of its days into this one.
    calendar = holidays.country_holidays(
        country, subdiv=subdivision or None, years=(year - 1, year, year + 1), expand=False
    )
    return tuple(day for day in days if calendar.is_working_day(day))
