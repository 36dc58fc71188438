"""Dates, times and numbers as X12 writes them. Each reader returns None for text that is not one."""

import re
from datetime import date, time
from decimal import Decimal

TWO_DIGIT_YEAR_PIVOT = 70
"""Six-digit dates: years from 70 on are 19xx, below are 20xx."""

_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[Ee][+-]?[0-9]{1,2})?", re.ASCII)


def parse_date(text: str) -> date | None:
    """CCYYMMDD, or YYMMDD of the releases before 004010."""
    if not _DIGITS.fullmatch(text) or len(text) not in (6, 8):
        return None
    if len(text) == 6:
        text = ("19" if int(text[:2]) >= TWO_DIGIT_YEAR_PIVOT else "20") + text
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """HHMM, HHMMSS or HHMMSSDD (hundredths of a second are dropped)."""
    if not _DIGITS.fullmatch(text) or len(text) not in (4, 6, 7, 8):
        return None
    try:
        return time(int(text[:2]), int(text[2:4]), int(text[4:6] or 0))
    except ValueError:
        return None


def parse_decimal(text: str) -> Decimal | None:
    """Type R: a point for decimals, an optional sign and exponent, at most 30 digits on either side."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def parse_integer(text: str) -> int | None:
    """Type N0 without a sign."""
    return int(text) if len(text) <= 18 and _DIGITS.fullmatch(text) else None


def same_number(left: str, right: str) -> bool:
    """Control numbers agree when they are the same text or the same number (leading zeros do not count)."""
    first, second = parse_integer(left), parse_integer(right)
    return left == right if first is None or second is None else first == second


def format_date(value: date | None) -> str:
    return f"{value:%Y%m%d}" if value else ""


def format_decimal(value: Decimal | int | None) -> str:
    """Plain digits, no exponent, no zeros that say nothing."""
    if value is None:
        return ""
    text = f"{Decimal(value):f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
