from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.fiscal import FiscalCalendar

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)

SEPTEMBER = FiscalCalendar("445", year_start_month=10, week_rule="last", week_end_day=SATURDAY)
JANUARY = FiscalCalendar("445", year_start_month=2, week_rule="last", week_end_day=SUNDAY)
OCTOBER = FiscalCalendar("454", year_start_month=11, week_rule="nearest", week_end_day=SATURDAY)

calendars = st.builds(
    FiscalCalendar,
    pattern=st.sampled_from(["calendar", "445", "454", "544"]),
    year_start_month=st.integers(1, 12),
    week_rule=st.sampled_from(["last", "nearest"]),
    week_end_day=st.integers(0, 6),
)
weekly_calendars = calendars.filter(lambda calendar: calendar.pattern != "calendar")
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def day(text):
    return date.fromisoformat(text)


def spans(calendar, year):
    return [(str(each.start), str(each.end)) for each in calendar.periods_of_year(year)]


def test_calendar_months_are_periods():
    period = FiscalCalendar().period_of(day("2028-02-29"))
    assert (period.year, period.quarter, period.period) == (2028, 1, 2)
    assert (period.start, period.end) == (day("2028-02-01"), day("2028-02-29"))
    assert str(period) == "FY2028 P02"


@pytest.mark.parametrize(
    ("text", "year", "quarter", "period"),
    [
        ("2025-09-30", 2025, 4, 12),
        ("2025-10-01", 2026, 1, 1),
        ("2025-12-31", 2026, 1, 3),
        ("2026-01-01", 2026, 2, 4),
        ("2026-09-30", 2026, 4, 12),
    ],
)
def test_a_shifted_calendar_year_is_named_after_its_last_month(text, year, quarter, period):
    found = FiscalCalendar(year_start_month=10).period_of(day(text))
    assert (found.year, found.quarter, found.period) == (year, quarter, period)


def test_a_calendar_quarter_and_year():
    calendar = FiscalCalendar(year_start_month=4)
    quarter = calendar.quarter_of(day("2026-02-10"))
    assert (quarter.year, quarter.quarter) == (2026, 4)
    assert (quarter.start, quarter.end) == (day("2026-01-01"), day("2026-03-31"))
    assert str(quarter) == "FY2026 Q4"
    year = calendar.year_of(day("2026-02-10"))
    assert (str(year), year.start, year.end) == ("FY2026", day("2025-04-01"), day("2026-03-31"))


@pytest.mark.parametrize(
    ("calendar", "year", "end", "weeks"),
    [
        # Ends as published in annual reports: last Saturday of September,
        (SEPTEMBER, 2017, "2017-09-30", 53),
        (SEPTEMBER, 2018, "2018-09-29", 52),
        (SEPTEMBER, 2022, "2022-09-24", 52),
        (SEPTEMBER, 2023, "2023-09-30", 53),
        (SEPTEMBER, 2024, "2024-09-28", 52),
        # last Sunday of January,
        (JANUARY, 2016, "2016-01-31", 53),
        (JANUARY, 2017, "2017-01-29", 52),
        (JANUARY, 2021, "2021-01-31", 53),
        (JANUARY, 2022, "2022-01-30", 52),
        (JANUARY, 2025, "2025-01-26", 52),
        # and the Saturday nearest to the end of October, which may be in November.
        (OCTOBER, 2022, "2022-10-29", 52),
        (OCTOBER, 2023, "2023-10-28", 52),
        (OCTOBER, 2024, "2024-11-02", 53),
        (OCTOBER, 2025, "2025-11-01", 52),
    ],
)
def test_weekly_years_end_where_companies_ended_theirs(calendar, year, end, weeks):
    found = calendar.year(year)
    assert found.end == day(end)
    assert found.weeks == weeks


def test_a_4_4_5_year_of_53_weeks_by_hand():
    assert spans(SEPTEMBER, 2023) == [
        ("2022-09-25", "2022-10-22"),
        ("2022-10-23", "2022-11-19"),
        ("2022-11-20", "2022-12-24"),
        ("2022-12-25", "2023-01-21"),
        ("2023-01-22", "2023-02-18"),
        ("2023-02-19", "2023-03-25"),
        ("2023-03-26", "2023-04-22"),
        ("2023-04-23", "2023-05-20"),
        ("2023-05-21", "2023-06-24"),
        ("2023-06-25", "2023-07-22"),
        ("2023-07-23", "2023-08-19"),
        ("2023-08-20", "2023-09-30"),  # six weeks
    ]


@pytest.mark.parametrize(
    ("pattern", "weeks"),
    [("445", [4, 4, 5] * 4), ("454", [4, 5, 4] * 4), ("544", [5, 4, 4] * 4)],
)
def test_each_pattern_deals_out_its_weeks(pattern, weeks):
    calendar = FiscalCalendar(pattern, year_start_month=10)
    assert [((each.end - each.start).days + 1) / 7 for each in calendar.periods_of_year(2024)] == weeks
    assert [((each.end - each.start).days + 1) / 7 for each in calendar.periods_of_year(2023)] == [
        *weeks[:-1],
        weeks[-1] + 1,
    ]


def test_a_year_that_spills_into_the_next_month_keeps_its_name():
    calendar = FiscalCalendar("445", year_start_month=1, week_rule="nearest", week_end_day=SATURDAY)
    assert calendar.year_of(day("2021-01-02")).year == 2020
    assert calendar.year_of(day("2021-01-03")).year == 2021
    assert calendar.year(2020).weeks == 53


def test_a_year_that_ends_early_gives_its_last_days_to_the_next():
    calendar = FiscalCalendar("445", year_start_month=1, week_rule="last", week_end_day=SATURDAY)
    assert calendar.year_of(day("2025-12-27")).year == 2025
    assert calendar.year_of(day("2025-12-28")).year == 2026


def test_periods_between_two_dates_are_those_they_touch():
    found = FiscalCalendar().periods_between(day("2025-11-30"), day("2026-02-01"))
    assert [str(period) for period in found] == ["FY2025 P11", "FY2025 P12", "FY2026 P01", "FY2026 P02"]
    assert FiscalCalendar().periods_between(day("2026-02-01"), day("2025-11-30")) == []


def test_periods_before_and_after_cross_the_end_of_the_year():
    calendar = FiscalCalendar(year_start_month=10)
    first = calendar.period_of(day("2025-10-15"))
    assert str(calendar.previous(first)) == "FY2025 P12"
    assert str(calendar.next(first)) == "FY2026 P02"


@pytest.mark.parametrize(
    "wrong",
    [
        {"pattern": "446"},
        {"year_start_month": 0},
        {"year_start_month": 13},
        {"week_end_day": 7},
        {"week_rule": "first"},
    ],
)
def test_a_calendar_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError):
        FiscalCalendar(**wrong)


@given(calendars, days)
def test_every_date_is_in_exactly_one_period(calendar, any_day):
    found = calendar.period_of(any_day)
    years = range(any_day.year - 2, any_day.year + 4)
    holding = [each for year in years for each in calendar.periods_of_year(year) if each.start <= any_day <= each.end]
    assert holding == [found]
    assert found.quarter == (found.period + 2) // 3
    assert calendar.year_of(any_day).year == calendar.quarter_of(any_day).year == found.year


@given(calendars, days)
def test_periods_tile_the_time_line(calendar, any_day):
    period = calendar.period_of(any_day)
    following = calendar.next(period)
    assert following.start == period.end + ONE_DAY
    assert calendar.previous(following) == period
    periods = calendar.periods_between(any_day, any_day + timedelta(days=800))
    assert all(right.start == left.end + ONE_DAY for left, right in pairwise(periods))
    assert periods[0] == period
    assert periods[-1].end >= any_day + timedelta(days=800)


@given(calendars, days)
def test_quarters_and_years_are_whole_periods(calendar, any_day):
    year = calendar.year_of(any_day)
    periods = calendar.periods_of_year(year.year)
    assert len(periods) == 12
    assert (periods[0].start, periods[-1].end) == (year.start, year.end)
    quarter = calendar.quarter_of(any_day)
    assert quarter.start <= any_day <= quarter.end
    assert (quarter.start, quarter.end) == (
        periods[quarter.quarter * 3 - 3].start,
        periods[quarter.quarter * 3 - 1].end,
    )


@given(weekly_calendars, days)
def test_weekly_years_have_52_or_53_whole_weeks_and_end_on_their_day(calendar, any_day):
    year = calendar.year_of(any_day)
    assert (year.end - year.start + ONE_DAY).days in (52 * 7, 53 * 7)
    assert year.weeks in (52, 53)
    assert all(each.end.weekday() == calendar.week_end_day for each in calendar.periods_of_year(year.year))
