"""The report: one section for each currency, and one in the tenant's currency when every row has a rate."""

from dataclasses import dataclass

from metrics.reports.bookings_billings_backlog.answers import ask, lacks_rates
from metrics.reports.bookings_billings_backlog.layout import Layout
from metrics.reports.bookings_billings_backlog.query import coverage_for
from metrics.reports.bookings_billings_backlog.question import Question
from metrics.reports.bookings_billings_backlog.section import Section
from metrics.reports.bookings_billings_backlog.span import Span, span_before
from metrics.reports.bookings_billings_backlog.tops import TOP
from metrics.reports.bookings_billings_backlog.trend import periods_to, spans_of
from metrics.snapshots.watermark import Coverage
from tenancy.fiscal import calendar_of
from tenancy.models import Tenant


@dataclass(frozen=True)
class Report:
    """`sections` stand in the orders' own currencies. `reporting` sums them in the tenant's currency at the ledger's
    rates and is None while a row lacks its rate: then nothing is ever added over currencies. `compared` are the days
    before that the figures are set beside.
    """

    tenant: Tenant
    question: Question
    coverage: Coverage
    sections: tuple[Section, ...]
    reporting: Section | None
    compared: Span

    @property
    def main(self) -> Section | None:
        """The one section that stands for everything; None when there are several that cannot be added."""
        if self.reporting:
            return self.reporting
        return self.sections[0] if len(self.sections) == 1 else None


def bookings_billings_backlog(tenant: Tenant, question: Question, *, members: int = TOP) -> Report:
    """Read and check the report in the scope of `tenant`; so many `members` of each dimension stand apart.

    Raises DoesNotFoot, naming what differs.
    """
    covered, calendar = coverage_for(question), calendar_of(tenant)
    compared = span_before(calendar, question.first, question.as_of)
    periods = periods_to(calendar, question.as_of)
    answers = ask(tenant, question, covered, [*spans_of(periods, question.as_of), compared], members)
    layout = Layout(question, calendar, tuple(periods), answers)
    currencies = sorted({row["currency"] for rows in (answers.keys, answers.spans) for row in rows})
    sections = tuple(layout.section(each, [each], is_converted=False) for each in currencies)
    reporting = None
    if not lacks_rates(answers.keys):
        reporting = layout.section(tenant.currency, currencies, is_converted=True)
    return Report(tenant, question, covered, sections, reporting, compared)
