"""The small values that every business document repeats: references, qualified dates, and the reading of
both.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from exchange.x12.elements import value
from exchange.x12.findings import Finding, Severity
from exchange.x12.segments import Segment
from exchange.x12.values import parse_date


@dataclass(frozen=True, slots=True)
class Reference:
    """REF or N9: what kind of number (element 128), the number, and free text beside it."""

    qualifier: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class QualifiedDate:
    """DTM or G62: which date (element 374 or 432). `date` is None when the text was not a date."""

    qualifier: str
    date: dt.date | None


def read_reference(segment: Segment) -> Reference:
    return Reference(value(segment, "qualifier"), value(segment, "reference"), value(segment, "description"))


def read_dates(segments: Iterable[Segment], findings: list[Finding], item: str = "") -> tuple[QualifiedDate, ...]:
    """DTM segments. A date that is none becomes a finding and stays in the result as None."""
    dates = []
    for segment in segments:
        text = value(segment, "date")
        if not text and value(segment, "format") in ("D8", "RD8"):
            # A period in DTM06, of which the first day counts.
            text = value(segment, "period")[:8]
        when = parse_date(text)
        qualifier = value(segment, "qualifier")
        if when is None:
            message = f"Date {qualifier} is not a date: {text[:40]!r}"
            findings.append(Finding(Severity.WARNING, "date_invalid", message, segment.position, 2, item))
        dates.append(QualifiedDate(qualifier, when))
    return tuple(dates)


def find_date(dates: tuple[QualifiedDate, ...], *qualifiers: str) -> dt.date | None:
    """The date of the first of these qualifiers that is there, in the order asked for."""
    for qualifier in qualifiers:
        for found in dates:
            if found.qualifier == qualifier and found.date:
                return found.date
    return None
