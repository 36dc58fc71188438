import datetime as dt
from decimal import Decimal

from django import template

from ui.figures import EMPTY
from values.money import format_minor, format_price

register = template.Library()


@register.filter
def minor(value: int | None, currency: str) -> str:
    """Minor units as an amount, with the currency's decimals."""
    return EMPTY if value is None else format_minor(value, currency)


@register.filter
def price(value: Decimal | None, currency: str) -> str:
    """A unit price with the currency's decimals at least, and no idle zeros behind them."""
    return EMPTY if value is None else format_price(value, currency)


@register.filter
def signed_minor(value: int, currency: str) -> str:
    text = format_minor(value, currency)
    return f"+{text}" if value > 0 else text


@register.filter
def day(value: dt.date | None) -> str:
    return f"{value:%d %b %Y}" if value else EMPTY


@register.filter
def near(value: dt.date | None, today: dt.date) -> str:
    """A day; the year is said when it is not the one we are in."""
    if value is None:
        return EMPTY
    return f"{value:%d %b}" if value.year == today.year else f"{value:%d %b %Y}"
