"""When mails fall due, on the tenant's clock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from metrics.mailing.days import Rhythm, due_as_of, next_instant
from values.fiscal import FiscalCalendar

LOS_ANGELES, BERLIN = ZoneInfo("America/Los_Angeles"), ZoneInfo("Europe/Berlin")
MONTHS, WEEKS = FiscalCalendar(), FiscalCalendar("445", 1, "last", 5)
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def at(text, zone=LOS_ANGELES):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def rhythm(cadence, *, zone=LOS_ANGELES, calendar=MONTHS, weekday=0, hour=6):
    return Rhythm(cadence, weekday, hour, zone, calendar)


@pytest.mark.parametrize(
    ("cadence", "now", "as_of"),
    [
        ("daily", "2026-11-23 06:00", "2026-11-22"),
        ("daily", "2026-11-23 05:59", "2026-11-21"),
        ("daily", "2026-11-23 23:59", "2026-11-22"),
        # the 23rd is a Monday
        ("weekly", "2026-11-23 06:00", "2026-11-22"),
        ("weekly", "2026-11-23 05:59", "2026-11-15"),
        ("weekly", "2026-11-27 12:00", "2026-11-22"),
        ("period_end", "2026-12-01 06:00", "2026-11-30"),
        ("period_end", "2026-12-01 05:00", "2026-10-31"),
        ("period_end", "2026-11-23 12:00", "2026-10-31"),
    ],
)
def test_the_newest_mail_shows_the_day_before_its_hour(cadence, now, as_of):
    assert due_as_of(rhythm(cadence), LONG_AGO, at(now)) == dt.date.fromisoformat(as_of)


def test_a_weekly_calendar_ends_its_periods_on_its_own_day():
    # 4-4-5 to the last Saturday of December 2026: the eleventh period ends on Saturday, 21 November
    made = rhythm("period_end", calendar=WEEKS, zone=BERLIN)
    assert due_as_of(made, LONG_AGO, at("2026-11-22 06:00", BERLIN)) == dt.date(2026, 11, 21)
    assert next_instant(made, at("2026-11-22 06:00", BERLIN)) == at("2026-12-27 06:00", BERLIN)


def test_each_tenants_own_clock_counts():
    utc = dt.datetime(2026, 11, 23, 5, 30, tzinfo=dt.UTC)
    # half past six in Berlin, half past nine in the evening before in Los Angeles
    assert due_as_of(rhythm("daily", zone=BERLIN), LONG_AGO, utc) == dt.date(2026, 11, 22)
    assert due_as_of(rhythm("daily"), LONG_AGO, utc) == dt.date(2026, 11, 21)


def test_what_fell_due_before_it_was_asked_for_is_not_sent():
    since = at("2026-11-23 06:01")
    assert due_as_of(rhythm("daily"), since, at("2026-11-23 23:00")) is None
    assert due_as_of(rhythm("daily"), since, at("2026-11-24 06:00")) == dt.date(2026, 11, 23)
    assert due_as_of(rhythm("daily"), at("2026-11-23 06:00"), at("2026-11-23 06:00")) == dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cadence", "due"),
    [("daily", "2026-11-24 06:00"), ("weekly", "2026-11-30 06:00"), ("period_end", "2026-12-01 06:00")],
)
def test_the_next_mail_is_foretold(cadence, due):
    assert next_instant(rhythm(cadence), at("2026-11-23 06:00")) == at(due)
