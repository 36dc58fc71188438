"""Business calendars as arrays that the database counts with: one of each country in which goods leave or arrive."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from metrics import statements
from values.dates import EARLIEST, LATEST, business_calendar

# what was shipped more than a year off its date is that far off, whatever the holidays in between
AROUND = 400
UNKNOWN = ""


@dataclass(frozen=True)
class CountryDays:
    """`counted` holds the number of business days up to each day after the origin, `business` those days themselves."""

    counted: str
    business: str


def calendars_for(first: date, last: date) -> dict[str, Any]:
    """Parameters of metrics_delivery for due dates from `first` to `last`. An unknown country has weekends alone."""
    places = statements.row("delivery_places")
    room = timedelta(days=AROUND + 2 * places["widest"])
    origin = max(EARLIEST, first - room)
    length = (min(LATEST, last + room) - origin).days
    countries = sorted({UNKNOWN, *places["countries"]})
    arrays = [days_of(country, origin, length) for country in countries]
    return {
        "origin": origin,
        "countries": countries,
        "counted": [each.counted for each in arrays],
        "business": [each.business for each in arrays],
    }


@lru_cache(maxsize=512)
def days_of(country: str, origin: date, length: int) -> CountryDays:
    """Array literals of the days after the origin."""
    calendar = business_calendar(country)
    counted, business = [], []
    for number in range(1, length + 1):
        day = origin + timedelta(days=number)
        if calendar.is_business_day(day):
            business.append(day.isoformat())
        counted.append(str(len(business)))
    return CountryDays(f"{{{','.join(counted)}}}", f"{{{','.join(business)}}}")
