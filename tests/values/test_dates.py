from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.dates import DateRange, business_calendar, business_date

days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def day(text):
    return date.fromisoformat(text)


def test_a_range_holds_both_its_ends():
    march = DateRange(day("2026-03-01"), day("2026-03-31"))
    assert day("2026-03-01") in march
    assert day("2026-03-31") in march
    assert day("2026-02-28") not in march
    assert day("2026-04-01") not in march


def test_a_range_without_end_lasts_for_ever():
    assert day("9999-12-31") in DateRange(day("2026-03-01"))
    assert day("2026-02-28") not in DateRange(day("2026-03-01"))


def test_a_range_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        DateRange(day("2026-03-02"), day("2026-03-01"))


@pytest.mark.parametrize(
    ("first", "second", "overlapping"),
    [
        (("2026-01-01", "2026-01-31"), ("2026-01-31", "2026-02-28"), True),
        (("2026-01-01", "2026-01-30"), ("2026-01-31", "2026-02-28"), False),
        (("2026-01-01", None), ("2030-01-01", None), True),
        (("2026-01-01", "2026-12-31"), ("2027-01-01", None), False),
        (("2026-01-01", "2026-12-31"), ("2026-05-01", "2026-05-01"), True),
    ],
)
def test_ranges_overlap_when_they_share_a_day(first, second, overlapping):
    one, other = (DateRange(day(start), day(end) if end else None) for start, end in (first, second))
    assert one.overlaps(other) is overlapping
    assert other.overlaps(one) is overlapping


def test_the_business_date_is_the_tenants_own():
    instant = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    assert business_date(instant, "America/Los_Angeles") == day("2026-03-31")
    assert business_date(instant, "Europe/Berlin") == day("2026-04-01")
    assert business_date(instant.astimezone(timezone(timedelta(hours=9))), "UTC") == day("2026-03-31")


def test_an_instant_without_a_zone_has_no_business_date():
    with pytest.raises(ValueError, match="time zone"):
        business_date(datetime(2026, 3, 31), "UTC")  # noqa: DTZ001  the naive instant is the point


@pytest.mark.parametrize(
    ("country", "weekday", "working"),
    [
        # 2026-06-11 is a Thursday; none of these days is a holiday there
        ("SA", "2026-06-12", False),
        ("SA", "2026-06-14", True),
        ("IL", "2026-06-12", False),
        ("IL", "2026-06-14", True),
        ("AE", "2026-06-12", True),
        ("AE", "2026-06-13", False),
        ("US", "2026-06-12", True),
        ("US", "2026-06-14", False),
    ],
)
def test_weekends_are_the_countrys_own(country, weekday, working):
    assert business_calendar(country).is_business_day(day(weekday)) is working


def test_the_emirates_moved_their_weekend_in_2022():
    emirates = business_calendar("AE")
    assert not emirates.is_business_day(day("2021-06-11"))  # a Friday
    assert emirates.is_business_day(day("2022-06-10"))  # a Friday


def test_public_holidays_are_days_off():
    assert not business_calendar("DE").is_business_day(day("2026-12-25"))
    assert not business_calendar("US").is_business_day(day("2026-11-26"))  # Thanksgiving
    assert business_calendar("DE").is_business_day(day("2026-11-26"))


def test_a_holiday_on_a_weekend_moves_with_the_country():
    # 4 July 2026 is a Saturday, kept on Friday; New Year's Day 2022 was a Saturday, kept in the year before
    assert not business_calendar("US").is_business_day(day("2026-07-03"))
    assert not business_calendar("US").is_business_day(day("2021-12-31"))


def test_china_works_some_saturdays():
    assert business_calendar("CN").is_business_day(day("2026-02-14"))


def test_subdivisions_add_their_own_holidays():
    epiphany = day("2026-01-06")
    assert not business_calendar("DE", "BY").is_business_day(epiphany)
    assert not business_calendar("de", "DE-BY").is_business_day(epiphany)
    assert business_calendar("DE", "BE").is_business_day(epiphany)
    assert business_calendar("DE", "BY").note == ""


def test_an_unknown_country_has_weekends_only_and_says_so():
    nowhere = business_calendar("ZZ")
    assert "only weekends" in nowhere.note
    assert nowhere.is_business_day(day("2026-12-25"))
    assert not nowhere.is_business_day(day("2026-12-26"))
    assert "missing country" in business_calendar("").note


def test_an_unknown_subdivision_falls_back_to_the_country_and_says_so():
    assert "those of DE are used" in business_calendar("DE", "ZZ").note
    assert not business_calendar("DE", "ZZ").is_business_day(day("2026-12-25"))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-09", -1, "2026-03-06"),
        ("2026-03-07", 0, "2026-03-07"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-03-07", -1, "2026-03-06"),
        ("2026-12-23", 2, "2026-12-28"),  # the 24th, then over Christmas Day and the weekend
        ("2026-12-31", 1, "2027-01-04"),
        ("2027-01-04", -1, "2026-12-31"),
    ],
)
def test_business_days_are_added_around_days_off(start, count, end):
    assert business_calendar("US").add_business_days(day(start), count) == day(end)


@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-06", 4),
        ("2026-03-06", "2026-03-09", 1),
        ("2026-03-09", "2026-03-06", -1),
        ("2026-03-06", "2026-03-08", 0),
        ("2026-12-31", "2027-01-04", 1),
    ],
)
def test_business_days_between_are_signed(first, second, between):
    assert business_calendar("US").business_days_between(day(first), day(second)) == between


def test_a_year_counts_its_working_days():
    # 2026: 261 weekdays; eleven federal holidays, all observed on weekdays
    assert business_calendar("US").business_days_between(day("2025-12-31"), day("2026-12-31")) == 250


@given(days, days, st.sampled_from(["US", "SA", "CN", "ZZ"]))
def test_counting_agrees_with_walking_day_by_day(first, second, country):
    calendar = business_calendar(country)
    low, high = min(first, second), min(max(first, second), min(first, second) + timedelta(days=800))
    walked = sum(calendar.is_business_day(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))
    assert calendar.business_days_between(low, high) == walked
    assert calendar.business_days_between(high, low) == -walked


@given(days, st.integers(-400, 400).filter(bool), st.sampled_from(["US", "SA", "CN", "ZZ"]))
def test_adding_lands_on_the_business_day_that_many_steps_away(start, count, country):
    calendar = business_calendar(country)
    landed = calendar.add_business_days(start, count)
    assert calendar.is_business_day(landed)
    low, high = sorted((start, landed))
    inside = sum(calendar.is_business_day(low + timedelta(days=n)) for n in range((high - low).days + 1))
    assert inside - calendar.is_business_day(start) == abs(count)
