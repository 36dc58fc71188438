"""Figures as they are read: thousands, a true minus sign, and never a zero where nothing is known."""

from decimal import Decimal

EMPTY = "–"
MINUS = "−"


def figure(value: Decimal | int, places: int | None = None) -> str:
    """`-1234.5` with two places is `−1,234.50`. Without `places` a Decimal keeps those it has."""
    text = plain_figure(value, places)
    digits = text.removeprefix("-")
    is_below_zero = text.startswith("-") and digits.strip("0.,") != ""
    return MINUS + digits if is_below_zero else digits


def plain_figure(value: Decimal | int, places: int | None) -> str:
    if places is not None:
        return f"{value:,.{places}f}"
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def signed(value: Decimal | int, places: int | None = None) -> str:
    """The same with a plus in front of what is above zero."""
    text = figure(value, places)
    return f"+{text}" if value > 0 else text


def figure_or_dash(value: Decimal | int | None, places: int | None = None) -> str:
    return EMPTY if value is None else figure(value, places)
