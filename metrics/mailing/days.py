"""On which days a subscription is due, and of which day its figures are."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from metrics.choices import Cadence
from values.fiscal import FiscalCalendar

DAY = timedelta(days=1)
# the longest fiscal period has five weeks and a week more in some years
LOOK_BACK = 45


@dataclass(frozen=True)
class Rhythm:
    """When mails go out: at `hour` of the tenant's clock, with the figures of the day before."""

    cadence: str
    weekday: int
    hour: int
    zone: ZoneInfo
    calendar: FiscalCalendar

    def falls_on(self, day: date) -> bool:
        if self.cadence == Cadence.WEEKLY:
            return day.weekday() == self.weekday
        if self.cadence == Cadence.PERIOD_END:
            return self.calendar.period_of(day).start == day
        return True

    def instant(self, day: date) -> datetime:
        return datetime.combine(day, time(self.hour), tzinfo=self.zone)


def due_as_of(rhythm: Rhythm, since: datetime, at: datetime) -> date | None:
    """The day whose figures the newest mail shows that fell due after `since` and up to `at`; None when none did.

    What was missed before the newest one, while the service was away, is not sent late.
    """
    today = at.astimezone(rhythm.zone).date()
    for back in range(LOOK_BACK):
        day = today - back * DAY
        if rhythm.falls_on(day) and rhythm.instant(day) <= at:
            return day - DAY if rhythm.instant(day) >= since else None
    return None


def next_instant(rhythm: Rhythm, at: datetime) -> datetime:
    """When the next mail goes out."""
    day = at.astimezone(rhythm.zone).date()
    while not (rhythm.falls_on(day) and rhythm.instant(day) > at):
        day += DAY
    return rhythm.instant(day)
