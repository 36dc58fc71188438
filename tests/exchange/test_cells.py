"""One cell: what it means, and what is said when it means nothing."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.columns import (
    Column,
    ColumnType,
    cell_text,
    code,
    country,
    currency,
    date,
    decimal,
    integer,
    parse_cell,
    several,
    text,
)
from exchange.columns import choice as one_of
from exchange.parsing.cells import BadCell, Formats, parse_date
from parties.choices import PartyRole, PartyStatus

POINT, COMMA = Formats(), Formats(decimal_comma=True)
PRICE, QUANTITY = decimal("price", minimum=0), integer("quantity", minimum=1)


def refused(column: Column, raw: str, formats: Formats = POINT) -> str:
    with pytest.raises(BadCell) as error:
        parse_cell(column, raw, formats)
    return error.value.code


@pytest.mark.parametrize(
    ("raw", "formats", "value"),
    [
        ("0.95", POINT, "0.95"),
        (".5", POINT, "0.5"),
        ("1,234.50", POINT, "1234.50"),
        ("1,234,567", POINT, "1234567"),
        ("1 234.5", POINT, "1234.5"),
        ("1'234.5", POINT, "1234.5"),
        ("0,95", COMMA, "0.95"),
        ("1.234,50", COMMA, "1234.50"),
        ("1234", COMMA, "1234"),
    ],
)
def test_decimals_are_read_exactly(raw, formats, value):
    assert parse_cell(PRICE, raw, formats) == Decimal(value)


@pytest.mark.parametrize(
    ("raw", "formats", "problem"),
    [
        ("0,95", POINT, "wrong_decimal_mark"),
        ("0.95", COMMA, "wrong_decimal_mark"),
        ("1,234", POINT, "ambiguous_number"),
        ("1.234", COMMA, "ambiguous_number"),
        ("1e5", POINT, "bad_number"),
        ("NaN", POINT, "bad_number"),
        ("٣", POINT, "bad_number"),
        ("=1+1", POINT, "bad_number"),
        ("1.2345678", POINT, "too_many_decimals"),
        ("-1", POINT, "too_small"),
        ("9" * 70, POINT, "bad_number"),
        ("9" * 20, POINT, "too_large"),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused(raw, formats, problem):
    assert refused(PRICE, raw, formats) == problem


def test_trailing_zeros_are_no_further_decimals():
    assert parse_cell(PRICE, "1.20000000", POINT) == Decimal("1.2")
    assert parse_cell(PRICE, "100", POINT) == Decimal(100)


@pytest.mark.parametrize(("raw", "formats"), [("1,200", POINT), ("1.200", COMMA), ("1200", POINT), ("1200.0", POINT)])
def test_whole_numbers_take_thousands(raw, formats):
    assert parse_cell(QUANTITY, raw, formats) == 1200


@pytest.mark.parametrize(
    ("raw", "formats"), [("1.000", POINT), ("-12.000", POINT), ("1,000", COMMA), ("250,000", COMMA)]
)
def test_a_whole_number_that_may_be_thousands_is_not_guessed(raw, formats):
    assert refused(QUANTITY, raw, formats) == "ambiguous_number"


@pytest.mark.parametrize(("raw", "value"), [("1,000", 1000), ("1000.000", 1000), ("1.0", 1), ("10.00", 10)])
def test_a_whole_number_that_can_only_mean_one_thing_is_taken(raw, value):
    assert parse_cell(QUANTITY, raw, POINT) == value


@pytest.mark.parametrize(
    ("raw", "problem"), [("0", "not_positive"), ("-5", "not_positive"), ("1.5", "not_whole"), ("ten", "bad_number")]
)
def test_quantities_are_whole_and_positive(raw, problem):
    assert refused(QUANTITY, raw) == problem


def test_dates_are_iso_unless_the_mapping_says_so():
    assert parse_cell(date("d"), "2026-11-23", POINT) == dt.date(2026, 11, 23)
    assert parse_cell(date("d"), "2026-11-23 00:00:00", POINT) == dt.date(2026, 11, 23)
    assert parse_cell(date("d"), "23.11.2026", Formats("%d.%m.%Y")) == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("raw", "formats"),
    [
        ("23.11.2026", POINT),
        ("11/23/2026", POINT),
        ("2026-02-30", POINT),
        ("46349", POINT),
        ("2026-11-23 14:00:00", POINT),
        ("0026-11-23", POINT),
        ("2026-11-23", Formats("%d.%m.%Y")),
    ],
)
def test_other_spellings_of_dates_are_refused(raw, formats):
    assert refused(date("d"), raw, formats) == "bad_date"


def test_choices_codes_and_lists():
    assert parse_cell(one_of("status", PartyStatus), "Active", POINT) == "active"
    assert parse_cell(several("roles", PartyRole), "sell_to | End buyer|partner", POINT) == {
        "sell_to",
        "end_buyer",
        "partner",
    }
    assert parse_cell(country("country"), "de", POINT) == "DE"
    assert parse_cell(currency("currency"), "usd", POINT) == "USD"
    assert refused(one_of("status", PartyStatus), "gone") == "bad_choice"
    assert refused(several("roles", PartyRole), "sell_to;partner") == "bad_choice"
    assert refused(country("country"), "UK") == "bad_country"
    assert refused(currency("currency"), "XXX") == "bad_currency"


def test_texts_are_bounded_and_printable():
    assert parse_cell(text("note"), "two\nlines", POINT) == "two\nlines"
    assert refused(code("code"), "two\nlines") == "bad_character"
    assert refused(text("note"), "bell\x07") == "bad_character"
    assert refused(text("note", max_length=3), "four") == "too_long"


def test_our_own_guard_against_formulas_is_taken_off_again():
    assert cell_text("'=cmd|' /C calc'!A0") == "=cmd|' /C calc'!A0"
    assert cell_text(" 'tis ") == "'tis"
    assert Column("x").holds == ColumnType.TEXT


def test_a_spreadsheet_s_number_of_a_day_is_called_what_it_is():
    with pytest.raises(BadCell, match="give the column the format of a date"):
        parse_date("46344", Formats())
    with pytest.raises(BadCell) as error:
        parse_date("20261118", Formats())
    assert "spreadsheet" not in error.value.message
