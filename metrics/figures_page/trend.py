"""Thirteen fiscal periods, and backlog by when it is due."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from metrics.drill import Drill
from metrics.figures_page.cells import Cell, Purse, ratio_cell
from metrics.reports.bookings_billings_backlog import Section
from metrics.reports.bookings_billings_backlog.due import MONTH, Bucket
from metrics.reports.bookings_billings_backlog.span import Span
from metrics.reports.bookings_billings_backlog.trend import AVERAGED, TrendPeriod
from ui import charts

SERIES = (charts.Bar("net bookings", "c1"), charts.Bar("billings", "c2"))
FILL_OF_KIND = {"late": "late", "month": "c1", "later": "c3", "unscheduled": "c4"}
WIDE = 560


@dataclass(frozen=True)
class TrendRow:
    period: str
    net: Cell
    billings: Cell
    book_to_bill: Cell
    book_to_bill_3: Cell


@dataclass(frozen=True)
class DueRow:
    label: str
    schedules: int
    figure: Cell


def picture(section: Section, drill: Drill) -> SafeString:
    purse = Purse(section.currency)
    last = drill.span.last
    groups = [
        charts.Group(
            period_name(each),
            (purse.amount(each.net_bookings), purse.amount(each.billings)),
            below="" if each.book_to_bill_3 is None else f"{each.book_to_bill_3:.2f}",
            href=drill.over(Span(each.period.start, min(each.period.end, last))).book_to_bill(),
        )
        for each in section.trend
    ]
    return charts.bars(
        "Net bookings and billings",
        SERIES,
        groups,
        currency=section.currency,
        name="trend",
        width=WIDE,
        below="B:B",
    )


def period_name(each: TrendPeriod) -> str:
    """The month of a calendar period, the number of a weekly one."""
    return f"{each.period.end:%b}" if each.period.start.day == 1 else f"P{each.period.period}"


def rows(section: Section, drill: Drill) -> Iterator[TrendRow]:
    purse, last = Purse(section.currency), drill.span.last
    for n, each in enumerate(section.trend):
        own = drill.over(Span(each.period.start, min(each.period.end, last)))
        oldest = section.trend[max(0, n - AVERAGED + 1)].period.start
        three = drill.over(Span(oldest, min(each.period.end, last)))
        yield TrendRow(
            f"{each.period}, from {each.period.start:%d %b %Y}",
            purse.cell(each.net_bookings, own.net()),
            purse.cell(each.billings, own.billings()),
            ratio_cell(each.book_to_bill, own.book_to_bill()),
            ratio_cell(each.book_to_bill_3, three.book_to_bill()),
        )


def value_of(bucket: Bucket, section: Section) -> int:
    return bucket.reporting_value if section.is_converted else bucket.value


def due_picture(section: Section, drill: Drill) -> SafeString:
    purse = Purse(section.currency)
    entries = [
        charts.Column(
            *caption(each), purse.amount(value_of(each, section)), FILL_OF_KIND[each.kind], drill.bucket(each)
        )
        for each in section.due.buckets
    ]
    return charts.columns("Backlog by current commit", entries, currency=section.currency, name="due")


def caption(bucket: Bucket) -> tuple[str, str]:
    """Two short lines under a column."""
    if bucket.kind == MONTH and " from " in bucket.label:
        name, _, day = bucket.label.partition(" from ")
        return name.rpartition(" ")[2], f"from {day}"
    if bucket.kind == MONTH:
        name, _, rest = bucket.label.rpartition(" ")
        return (rest, name) if name.startswith("FY") else (name, rest)
    return ("Delinquent" if bucket.kind == "late" else bucket.label.split(" (")[0]), ""


def due_rows(section: Section, drill: Drill) -> Iterator[DueRow]:
    purse = Purse(section.currency)
    for each in section.due.buckets:
        tone = "bad" if each.kind == "late" and each.value else ""
        yield DueRow(each.label, each.schedules, purse.cell(value_of(each, section), drill.bucket(each), tone))
