"""The report: one section for each currency, nothing converted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from channel_inventory.reports.rebate_liability import query
from channel_inventory.reports.rebate_liability.foot import check
from channel_inventory.reports.rebate_liability.layout import Layout, by_currency
from channel_inventory.reports.rebate_liability.names import Names, names_of
from channel_inventory.reports.rebate_liability.query import CreditRow, ExposureRow, KeySums, Uncertified
from channel_inventory.reports.rebate_liability.question import Question
from channel_inventory.reports.rebate_liability.section import Credit, Exposure, Section
from tenancy.fiscal import calendar_of
from tenancy.models import Tenant
from values.money import to_minor


@dataclass(frozen=True)
class Report:
    """`sections` by currency, the tenant's own first. An empty ledger has one, of nothing, in that currency."""

    tenant: Tenant
    question: Question
    sections: tuple[Section, ...]

    @property
    def main(self) -> Section | None:
        """The one section that stands for everything; None where several currencies cannot be added."""
        return self.sections[0] if len(self.sections) == 1 else None


@dataclass(frozen=True)
class Answers:
    keys: Sequence[KeySums]
    credits: Sequence[CreditRow]
    exposure: Sequence[ExposureRow]
    uncertified: Sequence[Uncertified]
    names: Names


def rebate_liability(tenant: Tenant, question: Question) -> Report:
    """Read and check the report in the scope of `tenant`. Raises DoesNotFoot, naming what differs."""
    answers = ask(tenant, question)
    grouped = dict(by_currency(answers.keys))
    memos = {row.currency for row in answers.exposure} | {row.currency for row in answers.uncertified}
    # the only currency of a tenant that owes nothing yet is its own
    currencies = sorted(grouped.keys() | memos, key=lambda each: (each != tenant.currency, each)) or [tenant.currency]
    sections = tuple(section_of(currency, grouped.get(currency, []), answers) for currency in currencies)
    for section in sections:
        check(section)
    return Report(tenant, question, sections)


def period_start(tenant: Tenant, as_of: date) -> date:
    """First day of the fiscal period of the as-of date: from where movements are told when nobody says."""
    return calendar_of(tenant).period_of(as_of).start


def ask(tenant: Tenant, question: Question) -> Answers:
    keys = query.keys(tenant, question)
    credit_rows, exposed = query.credits_of(tenant, question), query.exposure(tenant, question)
    names = names_of(keys, credit_rows, exposed)
    return Answers(keys, credit_rows, exposed, query.uncertified(tenant, question), names)


def section_of(currency: str, keys: Sequence[KeySums], answers: Answers) -> Section:
    layout, names = Layout(keys, answers.names), answers.names
    return Section(
        currency=currency,
        total=layout.total(),
        partners=layout.partners(),
        kinds=layout.kinds(),
        end_buyers=layout.end_buyers(),
        agreements=layout.agreements(),
        products=layout.products(),
        lines=layout.lines(),
        credits=tuple(Credit(row, names.party(row.partner_id)) for row in answers.credits if row.currency == currency),
        exposure=tuple(
            Exposure(names.party(row.partner_id), row.units, to_minor(row.exposure, currency))
            for row in answers.exposure
            if row.currency == currency
        ),
        uncertified=next((row for row in answers.uncertified if row.currency == currency), None),
    )
