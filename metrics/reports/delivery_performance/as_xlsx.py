"""The report as a workbook: totals, every member of each dimension, the trend and the worst misses."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from metrics.reports.delivery_performance.figures import BASES, BASIS_NAMES, CURRENT, Figures
from metrics.reports.delivery_performance.report import HEADINGS, Report
from ui.report_book import ReportBook

COUNTS = ("due", "on_time", "late", "too_early", "pending", "uncommitted", "rate")
MORE = ("by_quantity", "lines_in_full", "lines_missed", "in_full", "unshipped", "excluded", "converted")
STABILITY = (
    "promised", "never_moved", "moves", "per_schedule", "slip_days", "mean_slip", "supplier_moves", "customer_moves",
    "mean_gap",
)  # fmt: skip
MISS_TITLES = [
    "Order", "Line", "Sell-to", "End buyer", "Product", "Site", "Quantity", "Open", "Request date", "First commit",
    "Current commit", "Actual", "Business days off", "Recommits", "Outcome",
]  # fmt: skip


def as_xlsx(report: Report, at: datetime) -> bytes:
    book = ReportBook()
    counts = [title(name) for name in (*COUNTS, *MORE)]
    book.sheet("Totals", ["Basis", *counts], total_rows(report))
    book.sheet("Rows", ["By", "Code", "Name", "Basis", *counts], member_rows(report))
    book.sheet("Commit stability", ["By", "Code", "Name", *map(title, STABILITY)], stability_rows(report))
    book.sheet("Trend", ["Period", "From", "To", "Basis", *map(title, COUNTS)], trend_rows(report))
    book.sheet("Why missed", ["Reason", "Schedules"], ([each.name, each.schedules] for each in report.reasons))
    book.sheet("Misses", MISS_TITLES, miss_rows(report))
    book.sheet("About", ["", ""], about_rows(report, at))
    return book.content()


def title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def values(figures: Figures, names: tuple[str, ...]) -> list[Any]:
    return [getattr(figures, name) for name in names]


def total_rows(report: Report) -> Iterator[list[Any]]:
    for basis in BASES:
        yield [BASIS_NAMES[basis], *values(report.figures[basis], (*COUNTS, *MORE))]


def member_rows(report: Report) -> Iterator[list[Any]]:
    for dimension, members in report.members.items():
        for member in members:
            who = [HEADINGS[dimension], member.name.code, member.name.name]
            for basis in BASES:
                yield [*who, BASIS_NAMES[basis], *values(member.figures[basis], (*COUNTS, *MORE))]


def stability_rows(report: Report) -> Iterator[list[Any]]:
    yield ["All", "", "", *values(report.figures[CURRENT], STABILITY)]
    for dimension, members in report.members.items():
        for member in members:
            who = [HEADINGS[dimension], member.name.code, member.name.name]
            yield [*who, *values(member.figures[CURRENT], STABILITY)]


def trend_rows(report: Report) -> Iterator[list[Any]]:
    for each in report.trend:
        for basis in BASES:
            span = [str(each.period), each.period.start, each.last]
            yield [*span, BASIS_NAMES[basis], *values(each.figures[basis], COUNTS)]


def miss_rows(report: Report) -> Iterator[list[Any]]:
    for each in report.worst:
        who = [each.order_number, each.place, each.sell_to.name, each.end_buyer.name, each.product.code, each.site]
        dates = [each.request_date, each.first_commit, each.current_commit, each.actual]
        yield [*who, each.quantity, each.open_qty, *dates, each.days_late, each.moves, each.outcome_name]


def about_rows(report: Report, at: datetime) -> Iterator[list[Any]]:
    yield ["Tenant", report.tenant.name]
    yield ["Due from", report.question.first]
    yield ["As of", report.question.as_of]
    yield ["Produced", at.astimezone(report.tenant.zone).isoformat(timespec="seconds")]
    yield ["Rates", "on time ÷ (on time + late + too early); pending and uncommitted stand outside"]
