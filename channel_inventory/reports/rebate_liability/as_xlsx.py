"""The report as a workbook: totals, every key, movements, credit memos, written row by row."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from channel_inventory.choices import LiabilityKind
from channel_inventory.reports.rebate_liability.figures import Figures
from channel_inventory.reports.rebate_liability.movements import movements
from channel_inventory.reports.rebate_liability.report import Report
from channel_inventory.reports.rebate_liability.section import Member, Section
from ui.report_book import ReportBook
from values.money import from_minor, to_minor

AGES = ["Claimed 0–30 days", "31–60 days", "61–90 days", "Over 90 days"]
FIGURES = ["Estimated", "Claimed", "Settled", "Open", "Recoverable", "Accrued", "Adjusted, reversed", *AGES]
MOVED = ["Opening", "Accrued", "Adjusted", "Approved", "Denied", "Settled", "Reversed", "Closing"]


def as_xlsx(report: Report, at: datetime) -> bytes:
    book = ReportBook()
    book.sheet("Totals", ["Currency", *FIGURES, "Ledger rows"], total_rows(report))
    keys = ["Partner", "Name", "End buyer", "Name", "Agreement", "Product", "Description", "Kind", "Currency"]
    book.sheet("Rows", [*keys, *FIGURES], key_rows(report))
    for title, name in (("Partners", "Partner"), ("End buyers", "End buyer"), ("Agreements", "Agreement")):
        book.sheet(title, ["Currency", name, "Name", *FIGURES], member_rows(report, title))
    book.sheet("Products", ["Currency", "Product", "Description", *FIGURES], member_rows(report, "Products"))
    book.sheet("Movement", ["Currency", "Mechanism, bucket", *MOVED], movement_rows(report))
    memos = ["Currency", "Credit memo", "Date", "Partner", "Name", "Settle rows", "First row", "Last row", "Settled"]
    book.sheet("Credit memos", memos, credit_rows(report))
    book.sheet("Exposure, a memo", ["Currency", "Partner", "Name", "At most"], exposure_rows(report))
    book.sheet("About", ["", ""], about_rows(report, at))
    return book.content()


def amounts(figures: Figures, open_: int, recoverable: int, currency: str) -> list[Any]:
    buckets = (figures.estimated, figures.claimed, figures.settled, open_, recoverable)
    ledger = (figures.accrued_ever, figures.changed_ever)
    return [from_minor(amount, currency) for amount in (*buckets, *ledger, *figures.ages)]


def total_rows(report: Report) -> Iterator[list[Any]]:
    for section in report.sections:
        total = section.total
        sums = amounts(total.figures, total.open, total.recoverable, section.currency)
        yield [section.currency, *sums, total.figures.entries]


def key_rows(report: Report) -> Iterator[list[Any]]:
    for section in report.sections:
        for line in section.lines:
            who = [line.partner.code, line.partner.name, line.end_buyer.code, line.end_buyer.name]
            what = [line.agreement.code, line.product.code, line.product.name, LiabilityKind(line.kind).label]
            sums = amounts(line.figures, line.open, line.recoverable, section.currency)
            yield [*who, *what, section.currency, *sums]


def member_rows(report: Report, title: str) -> Iterator[list[Any]]:
    for section in report.sections:
        for each in members_of(section, title):
            sums = amounts(each.figures, each.open, each.recoverable, section.currency)
            yield [section.currency, each.name.code, each.name.name, *sums]


def members_of(section: Section, title: str) -> Iterable[Member]:
    if title == "Partners":
        return [part.partner for part in section.partners]
    views = {"End buyers": section.end_buyers, "Agreements": section.agreements, "Products": section.products}
    return views[title]


def movement_rows(report: Report) -> Iterator[list[Any]]:
    for section in report.sections:
        for each in movements(section):
            yield [section.currency, each.label, *(from_minor(amount, section.currency) for amount in each.amounts)]


def credit_rows(report: Report) -> Iterator[list[Any]]:
    for section in report.sections:
        for credit in section.credits:
            row = credit.row
            who = [row.number, row.credit_date, credit.partner.code, credit.partner.name]
            rows = [row.entries, row.first_row, row.last_row, from_minor(row.settled, section.currency)]
            yield [section.currency, *who, *rows]


def exposure_rows(report: Report) -> Iterator[list[Any]]:
    for section in report.sections:
        for each in section.exposure:
            yield [section.currency, each.partner.code, each.partner.name, from_minor(each.amount, section.currency)]


def about_rows(report: Report, at: datetime) -> Iterator[list[Any]]:
    question = report.question
    yield ["Tenant", report.tenant.name]
    yield ["From", question.first]
    yield ["As of", question.as_of]
    yield ["As known on", question.known_on or report.tenant.today(at)]
    yield ["Of", question.scope]
    yield ["Produced", at.astimezone(report.tenant.zone).isoformat(timespec="seconds")]
    for section in report.sections:
        found = section.uncertified
        if found:
            value = from_minor(to_minor(found.value, section.currency), section.currency)
            yield [f"Sold to end buyers not certified, {section.currency}", value]
