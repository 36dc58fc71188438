from decimal import Decimal

import pytest

from ui.figures import figure, figure_or_dash, signed


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234567, None, "1,234,567"),
        (Decimal("-1234.5"), 2, "−1,234.50"),
        (Decimal("0.333333"), None, "0.333333"),
        (Decimal("-0.001"), 2, "0.00"),
        (Decimal("1E+3"), None, "1,000"),
        (0, 2, "0.00"),
    ],
)
def test_figures_have_thousands_and_a_true_minus(value, places, shown):
    assert figure(value, places) == shown


def test_signed_figures_say_which_way():
    assert signed(Decimal("12.5"), 2) == "+12.50"
    assert signed(Decimal("-12.5"), 2) == "−12.50"
    assert signed(0) == "0"


def test_nothing_known_is_a_dash_and_never_zero():
    assert figure_or_dash(None, 2) == "–"
    assert figure_or_dash(0, 2) == "0.00"
