import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pricing.models import FxRate
from pricing.rates import rate_on, rates_on

JAN, FEB, MAR = (dt.date(2026, month, 1) for month in (1, 2, 3))


@pytest.fixture
def known(inside):
    for day, from_, to, rate in (
        (JAN, "EUR", "USD", "1.10"),
        (FEB, "EUR", "USD", "1.25"),
        (MAR, "USD", "EUR", "0.70"),
        (JAN, "USD", "JPY", "150"),
    ):
        FxRate.objects.create(date=day, from_currency=from_, to_currency=to, rate=Decimal(rate))


@pytest.mark.parametrize(
    ("from_", "to", "day", "expected"),
    [
        ("EUR", "USD", JAN, "1.10"),
        ("EUR", "USD", FEB - dt.timedelta(1), "1.10"),
        ("EUR", "USD", FEB, "1.25"),
        ("EUR", "USD", MAR, "1.25"),  # the direct rate, though the inverse is newer
        ("EUR", "USD", JAN - dt.timedelta(1), None),
        ("USD", "EUR", FEB, "0.8"),  # 1 / 1.25
        ("USD", "EUR", MAR, "0.70"),
        ("JPY", "USD", MAR, "0.00666667"),
        ("EUR", "JPY", MAR, None),
        ("USD", "USD", JAN - dt.timedelta(1), "1"),
        ("XXX", "XXX", JAN, "1"),
    ],
)
def test_the_latest_rate_on_or_before_the_day(known, from_, to, day, expected):
    assert rate_on(from_, to, day) == (None if expected is None else Decimal(expected))


def test_many_pairs_are_one_statement_and_no_pair_is_none(known):
    pairs = [("EUR", "USD", JAN), ("EUR", "USD", FEB), ("EUR", "USD", JAN), ("USD", "USD", JAN)]
    with CaptureQueriesContext(connection) as queries:
        assert rates_on(pairs) == {
            ("EUR", "USD", JAN): Decimal("1.10"),
            ("EUR", "USD", FEB): Decimal("1.25"),
            ("USD", "USD", JAN): Decimal(1),
        }
        assert rates_on([]) == {}
        assert rates_on([("USD", "USD", JAN)]) == {("USD", "USD", JAN): Decimal(1)}
    assert len(queries) == 1
