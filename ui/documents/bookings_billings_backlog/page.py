"""One section of the report, spelled out for its template."""

from dataclasses import dataclass
from decimal import Decimal

from ui.documents.bookings_billings_backlog.context import CurrencySection, Report
from ui.documents.bookings_billings_backlog.foot import Difference, differences
from ui.documents.bookings_billings_backlog.pictures import Pictures, drawn
from ui.documents.bookings_billings_backlog.sentence import answer
from ui.documents.letterhead import day, instant
from ui.figures import EMPTY, figure_or_dash
from ui.pdf import render_pdf

TEMPLATE = "documents/bookings_billings_backlog.html"


@dataclass(frozen=True)
class Page:
    """One section with everything its template prints, spelled out."""

    report: Report
    section: CurrencySection
    sentence: str
    differences: tuple[Difference, ...]
    pictures: Pictures

    @property
    def doc(self) -> str:
        return f"Bookings, billings and backlog · {self.report.period} · {self.section.currency}"

    @property
    def foot(self) -> str:
        report, section = self.report, self.section
        by = f" by {report.produced_by}" if report.produced_by else ""
        return (
            f"As of {day(report.as_of)} ({report.zone}), as known on {day(report.known_on)} · "
            f"{section.currency} orders only, nothing converted · produced {instant(report.produced_at)}{by}\n"
            f"{self.ledger_line}"
        )

    @property
    def ledger_line(self) -> str:
        section = self.section
        total = section.totals
        explained = sum((driver.amount for driver in section.drivers), Decimal(0))
        sums = [
            figure_or_dash(value, section.places)
            for value in (
                total.opening_backlog,
                explained,
                total.closing_backlog,
                total.closing_backlog - total.opening_backlog - explained,
            )
        ]
        return (
            f"Ledger: {section.ledger_rows:,} order rows; opening {sums[0]} + {sums[1]} net change "
            f"= closing {sums[2]}, difference {sums[3]}"
        )

    @property
    def book_to_bill(self) -> str:
        value = self.section.totals.book_to_bill
        return EMPTY if value is None else f"{value:.2f}"


def page_of(report: Report, section: CurrencySection) -> Page:
    return Page(report, section, answer(section), differences(section), drawn(section))


def render(report: Report) -> bytes:
    """The report as PDF, two or three pages for each currency."""
    pages = [page_of(report, section) for section in report.sections]
    context = {"report": report, "pages": pages, "sender": report.sender, "produced_at": report.produced_at}
    return render_pdf(TEMPLATE, context)
