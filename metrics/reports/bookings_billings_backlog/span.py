"""The days before, of the same length, that a report is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from values.fiscal import FiscalCalendar

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """First and last day, both included."""

    first: date
    last: date


class Stretch(Protocol):
    @property
    def start(self) -> date: ...

    @property
    def end(self) -> date: ...


def span_before(calendar: FiscalCalendar, first: date, last: date) -> Span:
    """The same stretch of the fiscal period, quarter or year before; of any other days as many right before them.

    A stretch that ends with its period, quarter or year is compared with the whole one before, however many days
    that has.
    """
    for stretch_of in (calendar.period_of, calendar.quarter_of, calendar.year_of):
        stretch = stretch_of(first)
        if stretch.start == first and last <= stretch.end:
            return as_far(stretch_of(first - DAY), stretch, last)
    return Span(first - (last - first) - DAY, first - DAY)


def as_far(before: Stretch, stretch: Stretch, last: date) -> Span:
    if last == stretch.end:
        return Span(before.start, before.end)
    return Span(before.start, min(before.start + (last - stretch.start), before.end))
