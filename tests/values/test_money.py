from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values import money
from values.currencies import MINOR_UNITS, UnknownCurrencyError, minor_digits
from values.money import Money

D = Decimal
BIGINT = 2**63 - 1
minors = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("currency", "digits"),
    [
        ("USD", 2),
        ("EUR", 2),
        ("TWD", 2),
        ("HUF", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("CLP", 0),
        ("VND", 0),
        ("ISK", 0),
    ]
    + [(code, 3) for code in ("KWD", "BHD", "OMR", "JOD", "TND", "LYD", "IQD")]
    + [("CLF", 4), ("UYW", 4), ("UYI", 0), ("XOF", 0), ("XCG", 2), ("ZWG", 2)],
)
def test_minor_units_follow_iso_4217(currency, digits):
    assert minor_digits(currency) == digits


def test_the_table_holds_every_code_once():
    # 165 codes with a minor unit in list one, and six withdrawn ones
    assert len(MINOR_UNITS) == 165 + 6
    assert all(len(code) == 3 and code.isupper() for code in MINOR_UNITS)


@pytest.mark.parametrize("code", ["XXX", "XAU", "usd", "", "US", "DOLLAR"])
def test_an_unknown_currency_is_named(code):
    with pytest.raises(UnknownCurrencyError, match=f"Unknown currency '{code}'"):
        minor_digits(code)


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("2.5", 0, "3"),
        ("1.005", 2, "1.01"),
        ("-1.005", 2, "-1.01"),
        ("1.0049", 2, "1.00"),
    ],
)
def test_ties_round_away_from_zero(value, digits, rounded):
    assert money.round_half_up(D(value), digits) == D(rounded)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_is_no_amount(value):
    with pytest.raises(ValueError, match="Not an amount"):
        money.round_half_up(D(value))
    with pytest.raises(ValueError, match="Not an amount"):
        Money(D(value), "USD")


def test_an_absurdly_large_amount_is_refused():
    with pytest.raises(ValueError, match="Not an amount"):
        money.to_minor(D("1e500"), "USD")


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("1.235", "USD", 124),
        ("-1.235", "USD", -124),
        ("99.5", "JPY", 100),
        ("1.0005", "KWD", 1001),
        ("0", "EUR", 0),
    ],
)
def test_amounts_become_minor_units(amount, currency, minor):
    assert money.to_minor(D(amount), currency) == minor


def test_minor_units_become_amounts_with_the_currencys_decimals():
    assert str(money.from_minor(120, "USD")) == "1.20"
    assert str(money.from_minor(120, "JPY")) == "120"
    assert str(money.from_minor(-5, "KWD")) == "-0.005"


@given(minors, st.sampled_from(sorted(MINOR_UNITS)))
def test_minor_units_survive_the_round_trip(minor, currency):
    assert money.to_minor(money.from_minor(minor, currency), currency) == minor


def test_the_line_is_rounded_once_on_the_product():
    assert money.line_value(1000, D("0.333333"), "USD") == 33333
    assert money.line_value(3, D("0.335"), "USD") == 101  # 1.005 → 1.01, not 3 × 0.34
    assert money.line_value(3, D("0.5"), "JPY") == 2


def test_the_largest_quantity_and_price_stay_exact():
    price = D("999999999999.999999")
    exact = Fraction(BIGINT) * Fraction(999999999999999999, 10**6) * 100
    assert money.line_value(BIGINT, price, "USD") == int(exact + Fraction(1, 2))


def test_the_known_answer_of_the_order_ledger():
    booked = money.line_value(1000, D("0.333333"), "USD")
    first, second = money.spread(booked, [400, 600])
    assert (booked, first, second) == (33333, 13333, 20000)
    increase = money.line_value(500, D("0.333333"), "USD")
    assert increase == 16667
    open_value = booked + increase
    repriced = money.line_value(1500, D("0.30"), "USD")
    assert repriced - open_value == -5000
    cancelled = money.part_value(repriced, 200, 1500)
    assert cancelled == 6000
    shipped = money.part_value(repriced - cancelled, 700, 1300)
    assert shipped == 21000
    assert repriced - cancelled - shipped == 18000


@pytest.mark.parametrize(
    ("open_value", "part", "open_quantity", "value"),
    [
        (100, 1, 3, 33),
        (100, 2, 3, 67),
        (1, 1, 2, 1),  # 0.5 up
        (-1, 1, 2, -1),  # mirrored
        (-100, 2, 3, -67),
        (100, 0, 3, 0),
        (100, 3, 3, 100),
        (0, 0, 0, 0),
    ],
)
def test_a_part_takes_its_rounded_share(open_value, part, open_quantity, value):
    assert money.part_value(open_value, part, open_quantity) == value


@pytest.mark.parametrize(("part", "open_quantity"), [(4, 3), (-1, 3), (1, 0), (-1, -2)])
def test_a_part_outside_the_open_quantity_is_refused(part, open_quantity):
    with pytest.raises(ValueError, match="does not fit"):
        money.part_value(100, part, open_quantity)


def test_value_on_no_quantity_is_refused():
    with pytest.raises(ValueError, match="open on no quantity"):
        money.part_value(100, 0, 0)
    with pytest.raises(ValueError, match="left over"):
        money.spread(100, [])


@given(minors, st.integers(1, 10**12), st.data())
def test_a_part_is_its_exact_share_within_half_a_minor_unit(open_value, open_quantity, data):
    part = data.draw(st.integers(0, open_quantity))
    share = money.part_value(open_value, part, open_quantity)
    assert abs(Fraction(open_value * part, open_quantity) - share) <= Fraction(1, 2)
    assert money.part_value(-open_value, part, open_quantity) == -share


@given(minors, st.lists(st.integers(0, 10**9), min_size=1).filter(any))
def test_spreading_loses_no_minor_unit(total, parts):
    shares = money.spread(total, parts)
    assert sum(shares) == total
    assert len(shares) == len(parts)
    assert all(share == 0 for share, part in zip(shares, parts, strict=True) if part == 0)


@pytest.mark.parametrize(
    ("minor", "source", "target", "rate", "converted"),
    [
        (10000, "USD", "EUR", "0.92555", 9256),  # 92.555 → 92.56
        (-10000, "USD", "EUR", "0.92555", -9256),
        (10000, "USD", "JPY", "151.235", 15124),  # 15,123.5 → 15,124
        (1000, "JPY", "USD", "0.0066", 660),
        (1000, "KWD", "USD", "3.25", 325),
    ],
)
def test_conversion_minds_both_minor_units(minor, source, target, rate, converted):
    assert money.convert(minor, source, target, D(rate)) == converted


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity"])
def test_a_rate_is_positive(rate):
    with pytest.raises(ValueError, match="Not an exchange rate"):
        money.convert(100, "USD", "EUR", D(rate))


def test_money_adds_within_one_currency():
    assert Money(D("1.10"), "EUR") + Money(D("2.20"), "EUR") == Money(D("3.30"), "EUR")
    assert Money(D("1.10"), "EUR") - Money(D("2.20"), "EUR") == -Money(D("1.10"), "EUR")
    assert Money(D(1), "EUR") < Money(D(2), "EUR") <= Money(D("2.00"), "EUR")
    assert Money(D(3), "EUR") > Money(D(2), "EUR") >= Money(D(2), "EUR")


def test_money_refuses_to_mix_currencies():
    dollars, euros = Money(D(1), "USD"), Money(D(1), "EUR")
    assert dollars != euros
    for mix in (
        lambda: dollars + euros,
        lambda: dollars - euros,
        lambda: dollars < euros,
        lambda: dollars >= euros,
    ):
        with pytest.raises(money.CurrencyMismatchError, match="Cannot mix"):
            mix()
    with pytest.raises(money.CurrencyMismatchError):
        money.total([dollars, euros], "USD")


def test_money_sums_and_an_empty_sum_is_zero():
    assert money.total([Money(D("0.1"), "USD")] * 3, "USD") == Money(D("0.3"), "USD")
    assert money.total([], "JPY") == Money(D(0), "JPY")


def test_money_knows_its_minor_units():
    assert Money.of_minor(1999, "USD") == Money(D("19.99"), "USD")
    assert Money(D("19.99"), "USD").minor == 1999


def test_money_of_an_unknown_currency_is_refused():
    with pytest.raises(UnknownCurrencyError):
        Money(D(1), "XXX")


def test_amounts_for_people_are_grouped_and_have_a_true_minus():
    assert money.format_minor(-123456789, "USD") == "−1,234,567.89"
    assert money.format_minor(-123456789, "USD", typographic=False) == "-1,234,567.89"
    assert money.format_minor(123456, "EUR", thousands="\N{NARROW NO-BREAK SPACE}") == "1\u202f234.56"
    assert money.format_minor(5, "USD") == "0.05"
    assert money.format_minor(-5, "USD") == "−0.05"
    assert money.format_minor(1234, "JPY") == "1,234"
    assert money.format_money(-5, "USD") == "USD\u00a0−0.05"
    assert money.format_money(-5, "USD", typographic=False) == "USD -0.05"
    assert str(Money(D("1234.5"), "USD")) == "USD\u00a01,234.50"


def test_amounts_for_files_are_plain():
    assert money.plain(-123450, "USD") == "-1234.50"
    assert money.plain(0, "USD") == "0.00"
    assert money.plain(7, "JPY") == "7"
    assert money.plain(BIGINT, "KWD") == "9223372036854775.807"


@pytest.mark.parametrize(
    ("price", "currency", "text"),
    [
        ("0.950000", "USD", "0.95"),
        ("0.333333", "USD", "0.333333"),
        ("1.2", "USD", "1.20"),
        ("1200", "USD", "1,200.00"),
        ("12.000000", "JPY", "12"),
        ("12.500000", "JPY", "12.5"),
        ("1E+3", "JPY", "1,000"),
        ("-0.05", "USD", "−0.05"),
    ],
)
def test_prices_show_their_decimals_and_no_idle_zeros(price, currency, text):
    assert money.format_price(D(price), currency) == text
