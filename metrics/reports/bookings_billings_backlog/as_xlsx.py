"""The report as a workbook: totals, every key, due dates and trend, written row by row."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from metrics.reports.bookings_billings_backlog.figures import Figures
from metrics.reports.bookings_billings_backlog.report import Report
from metrics.reports.bookings_billings_backlog.section import Section
from ui.report_book import ReportBook
from values.money import from_minor

TOTALS = tuple(Figures().totals())
MOVE_TITLES = [
    "Currency", "What moved", "Driver", "Wanted by", "Moves", "Schedules", "Mean days", "Value", "Value × days",
    "Out of the fiscal period", "Out of the fiscal quarter",
]  # fmt: skip
TOP_TITLES = [
    "Currency", "By", "Code", "Name", "Members", "Net bookings", "Billings", "Book to bill", "Backlog", "Late",
]  # fmt: skip
TITLES = [name.replace("_", " ").capitalize() for name in (*TOTALS, "book_to_bill")]


def as_xlsx(report: Report, at: datetime) -> bytes:
    book = ReportBook()
    book.sheet("Totals", ["Currency", *TITLES, "Shipped, not billed"], total_rows(report))
    keys = ["Sell-to", "Name", "End buyer", "Name", "Product", "Description", "Currency"]
    book.sheet("Rows", [*keys, *TITLES], key_rows(report))
    book.sheet("Bridge", ["Currency", "Driver", "Amount", "Ledger rows"], bridge_rows(report))
    dates = ["Currency", "Due", "From", "To", "Schedules", "Quantity", "Value"]
    book.sheet("Due", dates, due_rows(report))
    periods = ["Currency", "Period", "From", "To", "Net bookings", "Billings", "Book to bill", "3-period averages"]
    book.sheet("Trend", periods, trend_rows(report))
    book.sheet("Compared", ["Currency", "", "Net bookings", "Billings", "Book to bill"], compared_rows(report))
    book.sheet("Moved dates", MOVE_TITLES, move_rows(report))
    book.sheet("Top", TOP_TITLES, top_rows(report))
    book.sheet("About", ["", ""], about_rows(report, at))
    return book.content()


def shown(report: Report) -> Iterator[Section]:
    """Each currency, and their sum in the tenant's where there is one that says more than they do."""
    yield from report.sections
    if report.reporting and [section.currency for section in report.sections] != [report.reporting.currency]:
        yield report.reporting


def label(section: Section) -> str:
    return f"all, in {section.currency}" if section.is_converted else section.currency


def amounts(figures: Figures, currency: str) -> list[Any]:
    return [*(from_minor(amount, currency) for amount in figures.totals().values()), figures.book_to_bill]


def total_rows(report: Report) -> Iterator[list[Any]]:
    for section in shown(report):
        unbilled = None if section.unbilled is None else from_minor(section.unbilled, section.currency)
        yield [label(section), *amounts(section.figures, section.currency), unbilled]


def key_rows(report: Report) -> Iterator[list[Any]]:
    for section in report.sections:
        for line in section.lines:
            who = [line.sell_to.code, line.sell_to.name, line.end_buyer.code, line.end_buyer.name]
            what = [line.product.code, line.product.name, line.currency]
            yield [*who, *what, *amounts(line.figures, line.currency)]


def bridge_rows(report: Report) -> Iterator[list[Any]]:
    for section in shown(report):
        yield [label(section), "Opening", from_minor(section.figures.opening, section.currency), None]
        for driver in section.drivers:
            yield [label(section), driver.label, from_minor(driver.amount, section.currency), driver.ledger_rows]
        yield [label(section), "Closing", from_minor(section.figures.closing, section.currency), section.ledger_rows]


def due_rows(report: Report) -> Iterator[list[Any]]:
    for section in shown(report):
        for each in section.due.buckets:
            value = from_minor(each.reporting_value if section.is_converted else each.value, section.currency)
            yield [label(section), each.label, each.first, each.last, each.schedules, each.quantity, value]


def trend_rows(report: Report) -> Iterator[list[Any]]:
    for section in shown(report):
        for each in section.trend:
            sums = [from_minor(amount, section.currency) for amount in (each.net_bookings, each.billings)]
            span = [str(each.period), each.period.start, each.period.end]
            yield [label(section), *span, *sums, each.book_to_bill, each.book_to_bill_3]


def compared_rows(report: Report) -> Iterator[list[Any]]:
    """The days asked for above those they are compared with."""
    spans = f"{report.question.first} to {report.question.as_of}", f"{report.compared.first} to {report.compared.last}"
    for section in shown(report):
        now, was = section.figures, section.before
        for span, each in ((spans[0], now), (spans[1], was)):
            if each:
                sums = [from_minor(amount, section.currency) for amount in (each.net_bookings, each.billings)]
                yield [label(section), span, *sums, each.book_to_bill]


def move_rows(report: Report) -> Iterator[list[Any]]:
    for section in shown(report):
        for axis in section.moves or ():
            for move in axis.moves:
                who = [label(section), move.label, move.driver, move.initiator.label, move.rows, move.schedules]
                amounts = (move.value, move.value_days, move.out_of_period, move.out_of_quarter)
                yield [*who, move.mean_days, *(from_minor(amount, section.currency) for amount in amounts)]


def top_rows(report: Report) -> Iterator[list[Any]]:
    for section in shown(report):
        for top in section.tops:
            for row in top.rows:
                who = [
                    label(section),
                    top.heading,
                    row.name.code,
                    "The rest" if row.is_rest else row.name.name,
                    row.members,
                ]
                sums = [from_minor(amount, section.currency) for amount in (row.net_bookings, row.billings)]
                rest = [from_minor(amount, section.currency) for amount in (row.closing, row.late)]
                yield [*who, *sums, row.book_to_bill, *rest]


def about_rows(report: Report, at: datetime) -> Iterator[list[Any]]:
    run = report.coverage.run
    yield ["Tenant", report.tenant.name]
    yield ["From", report.question.first]
    yield ["As of", report.question.as_of]
    yield ["Produced", at.astimezone(report.tenant.zone).isoformat(timespec="seconds")]
    yield ["Source", "ledger" if run is None else f"snapshot of {run.night} and the ledger rows since"]
    yield ["Reconciled", None if run is None else run.is_reconciled]
