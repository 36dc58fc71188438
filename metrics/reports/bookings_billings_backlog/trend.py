"""Net bookings and billings of thirteen fiscal periods, so that the newest stands beside the one a year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from metrics import statements
from metrics.reports.bookings_billings_backlog.figures import ratio
from metrics.reports.bookings_billings_backlog.query import source_of
from metrics.reports.bookings_billings_backlog.span import Span
from metrics.snapshots.watermark import Coverage
from values.fiscal import FiscalCalendar, FiscalPeriod

PERIODS = 13
AVERAGED = 3


@dataclass(frozen=True)
class TrendPeriod:
    """Minor units of the period, to the as-of date when it is not over."""

    period: FiscalPeriod
    net_bookings: int
    billings: int
    book_to_bill: Decimal | None
    book_to_bill_3: Decimal | None


def periods_to(calendar: FiscalCalendar, as_of: date, count: int = PERIODS) -> list[FiscalPeriod]:
    periods = [calendar.period_of(as_of)]
    while len(periods) < count:
        periods.insert(0, calendar.previous(periods[0]))
    return periods


def spans_of(periods: Sequence[FiscalPeriod], as_of: date) -> list[Span]:
    return [Span(period.start, min(period.end, as_of)) for period in periods]


def rows_by_span(spans: Sequence[Span], covered: Coverage, filters: dict[str, Any]) -> list[statements.Row]:
    """Sums by currency and by the span's place in `spans`, counted from 1; spans may overlap."""
    return statements.rows(
        "trend",
        firsts=[span.first for span in spans],
        lasts=[span.last for span in spans],
        first=min(span.first for span in spans),
        as_of=max(span.last for span in spans),
        **source_of(covered),
        **filters,
    )


def trend_of(periods: Sequence[FiscalPeriod], sums: dict[int, tuple[int, int]]) -> tuple[TrendPeriod, ...]:
    """`sums` holds (net bookings, billings) by the period's place, counted from 1."""
    pairs = [sums.get(number, (0, 0)) for number in range(1, len(periods) + 1)]
    return tuple(
        TrendPeriod(period, *pairs[n], ratio(*pairs[n]), average_ratio(pairs[: n + 1]))
        for n, period in enumerate(periods)
    )


def average_ratio(pairs: Sequence[tuple[int, int]]) -> Decimal | None:
    """Book-to-bill of the averages of the last three periods; nothing before there are three."""
    newest = pairs[-AVERAGED:]
    if len(newest) < AVERAGED:
        return None
    return ratio(sum(net for net, _ in newest), sum(billed for _, billed in newest))
