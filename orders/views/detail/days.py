"""How far a schedule's dates lie apart, in business days of the place that ships."""

import datetime as dt
from dataclasses import dataclass

from orders.models import OrderLine, Schedule
from ui.figures import signed
from values.dates import BusinessCalendar, business_calendar


@dataclass(frozen=True)
class Gap:
    """Business days late (above zero) or early; None where one of the two dates is missing."""

    days: int | None

    @property
    def text(self) -> str:
        return "–" if self.days is None else signed(self.days)

    @property
    def tone(self) -> str:
        if not self.days:
            return "muted"
        return "bad" if self.days > 0 else "good"


def calendar_of(line: OrderLine, *, is_outsider: bool) -> BusinessCalendar:
    """Of the site that ships; outsiders do not read our sites, so for them weekends alone are left out."""
    country = line.ship_from.country if not is_outsider and line.ship_from else ""
    return business_calendar(country)


def gap_to_request(schedule: Schedule, calendar: BusinessCalendar) -> Gap:
    """What shipped, else what is promised, against what the customer asked for."""
    return gap(schedule.request_date, left(schedule) or schedule.current_commit, calendar)


def gap_to_commit(schedule: Schedule, today: dt.date, calendar: BusinessCalendar) -> Gap:
    """What shipped against the promise; while it is open, how long the promise has been missed."""
    promised = schedule.current_commit
    if promised is None:
        return Gap(None)
    return gap(promised, left(schedule) or max(today, promised), calendar)


def left(schedule: Schedule) -> dt.date | None:
    """The day the last of it left."""
    return None if schedule.open_qty else schedule.ship_date


def gap(planned: dt.date, actual: dt.date | None, calendar: BusinessCalendar) -> Gap:
    return Gap(None if actual is None else calendar.business_days_between(planned, actual))
