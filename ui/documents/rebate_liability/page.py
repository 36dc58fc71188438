"""One section of the report, spelled out for its template."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui import charts
from ui.charts.scale import Unit, unit_for
from ui.documents.letterhead import day, instant
from ui.documents.rebate_liability.context import AGES, CurrencySection, Report
from ui.documents.rebate_liability.foot import differences
from ui.figures import figure
from ui.pdf import render_pdf

TEMPLATE = "documents/rebate_liability.html"
TITLE = "Rebate and claim liability"
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Page:
    """One section with everything its template prints, spelled out."""

    report: Report
    section: CurrencySection
    sentence: SafeString
    differences: tuple[str, ...]
    ages: SafeString
    unit: Unit

    @property
    def doc(self) -> str:
        return f"{TITLE} · {day(self.report.as_of)} · {self.section.currency}"

    @property
    def foot(self) -> str:
        report, section = self.report, self.section
        return (
            f"Open liability as of {day(report.as_of)} ({report.zone}), as known on {day(report.known_on)} · "
            f"{section.currency} ledger only, nothing converted · produced {instant(report.produced_at)}\n"
            f"{self.ledger_line}"
        )

    @property
    def ledger_line(self) -> str:
        section, total = self.section, self.section.total
        ledger, shown = total.accrued + total.changed + total.settled, total.open - total.recoverable
        sums = [figure(value, section.places) for value in (ledger, shown, ledger - shown)]
        return (
            f"Ledger: {section.ledger_rows:,} rows to {day(self.report.as_of)} sum to {sums[0]} "
            f"= open less recoverable {sums[1]}, difference {sums[2]}"
        )


def page_of(report: Report, section: CurrencySection) -> Page:
    return Page(
        report, section, answer(report, section), differences(section), picture(section), unit_for(section.total.ages)
    )


def answer(report: Report, section: CurrencySection) -> SafeString:
    """The first sentence answers: how much is owed, how sure it is, how old, and what is owed to us."""
    total, places = section.total, section.places
    owed = format_html(
        "{} owes its channel <b>{} {}</b>.", report.sender.name, section.currency, figure(total.open, places)
    )
    parts = []
    if total.open > 0:
        parts.append(f"Estimated are {figure(total.estimated, places)}, claimed {figure(total.claimed, places)}")
        if total.ages[-1] > 0:
            parts.append(f"{total.ages[-1] / total.open * HUNDRED:.0f} % were claimed more than 90 days ago")
    if total.recoverable:
        parts.append(f"partners owe back {figure(total.recoverable, places)}, which is netted against nobody")
    return format_html("{} {}", owed, f"{'; '.join(parts)}." if parts else "")


def picture(section: CurrencySection) -> SafeString:
    rows = [
        charts.Row(label, value, "late" if label == AGES[-1] else "c1")
        for label, value in zip(AGES, section.total.ages, strict=True)
    ]
    return charts.rows("Claimed, by age", rows, currency=section.currency, name=f"ages-{section.currency}")


def render(report: Report) -> bytes:
    """The report as PDF: summary and movements of each currency, then a section for each partner."""
    pages = [page_of(report, section) for section in report.sections]
    context = {"report": report, "pages": pages, "sender": report.sender, "produced_at": report.produced_at}
    return render_pdf(TEMPLATE, {**context, "age_labels": AGES})
