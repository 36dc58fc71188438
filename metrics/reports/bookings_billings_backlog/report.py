"""The report: one section for each currency, and one in the tenant's currency when every row has a rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from metrics.reports.bookings_billings_backlog import query
from metrics.reports.bookings_billings_backlog.bridge import Driver, bridge_of, check_due, check_foots
from metrics.reports.bookings_billings_backlog.due import Due, due_of
from metrics.reports.bookings_billings_backlog.figures import (
    Figures,
    in_order_currency,
    in_reporting_currency,
    summed,
)
from metrics.reports.bookings_billings_backlog.names import Name, Names, names_of
from metrics.reports.bookings_billings_backlog.question import Question, calendar_of
from metrics.reports.bookings_billings_backlog.trend import TrendPeriod, periods_to, rows_by_period, trend_of
from metrics.statements import Row
from metrics.watermark import Coverage
from tenancy.models import Tenant


@dataclass(frozen=True)
class Line:
    """One key, or the rest of a currency summed (`is_rest`, standing for `keys` of them)."""

    sell_to_id: int | None
    end_buyer_id: int | None
    product_id: int | None
    sell_to: Name
    end_buyer: Name
    product: Name
    currency: str
    figures: Figures
    reporting: Figures
    keys: int = 1

    @property
    def is_rest(self) -> bool:
        return self.sell_to_id is None

    @property
    def key(self) -> str:
        if self.is_rest:
            return f"the {self.keys} keys that are not shown"
        return " × ".join([self.sell_to.code, self.end_buyer.code or "no end buyer", self.product.code])


@dataclass(frozen=True)
class Section:
    """All figures of one currency. `lines` foot to `figures`, `drivers` lead from opening to closing.

    `unbilled` is what has shipped and is not invoiced, no part of backlog; None where currencies are added up, since
    shipments convert at the booking rate and invoices at their own. The trend is empty when a period lacks a rate.
    """

    currency: str
    figures: Figures
    lines: tuple[Line, ...]
    drivers: tuple[Driver, ...]
    due: Due
    trend: tuple[TrendPeriod, ...]
    ledger_rows: int
    unbilled: int | None
    is_converted: bool = False

    def of(self, line: Line) -> Figures:
        return line.reporting if self.is_converted else line.figures


@dataclass(frozen=True)
class Report:
    """`sections` stand in the orders' own currencies. `reporting` sums them in the tenant's currency at the ledger's
    rates and is None while a row lacks its rate: then nothing is ever added over currencies.
    """

    tenant: Tenant
    question: Question
    coverage: Coverage
    sections: tuple[Section, ...]
    reporting: Section | None

    @property
    def main(self) -> Section | None:
        """The one section that stands for everything; None when there are several that cannot be added."""
        if self.reporting:
            return self.reporting
        return self.sections[0] if len(self.sections) == 1 else None


@dataclass(frozen=True)
class Answers:
    """What the statements gave, before it is laid out by currency."""

    keys: list[Row]
    verbs: dict[tuple[str, str], int]
    dates: list[Row]
    periods: list[Row]


def bookings_billings_backlog(tenant: Tenant, question: Question) -> Report:
    """Read and check the report in the scope of `tenant`. Raises DoesNotFoot, naming what differs."""
    covered, filters = query.coverage_for(question), question.filters()
    calendar = calendar_of(tenant)
    periods = periods_to(calendar, question.as_of)
    answers = Answers(
        query.rows_by_key(question, covered, filters),
        query.rows_by_verb(question, filters),
        query.backlog_by_date(question, filters),
        rows_by_period(periods, question.as_of, covered, filters),
    )
    names = names_of(
        [row[field] for row in answers.keys for field in ("sell_to_id", "end_buyer_id") if row[field]],
        [row["product_id"] for row in answers.keys if row["product_id"]],
    )
    lines = [line_of(row, names) for row in answers.keys]

    def section(currency: str, currencies: Sequence[str], *, is_converted: bool) -> Section:
        own = tuple(line for line in lines if line.currency in currencies)
        figures = summed(line.reporting if is_converted else line.figures for line in own)
        verbs = add_up_verbs(answers.verbs, currencies)
        sums = sums_by_period(answers.periods, currencies, is_converted=is_converted)
        dates = [row for row in answers.dates if row["currency"] in currencies]
        made = Section(
            currency=currency,
            figures=figures,
            lines=own,
            drivers=bridge_of(figures, verbs),
            due=due_of(dates, calendar, question.as_of),
            trend=() if is_converted and lacks_rates(answers.periods) else trend_of(periods, sums),
            ledger_rows=sum(verbs.values()),
            unbilled=sum(line.figures.unbilled for line in own) if {currency} >= set(currencies) else None,
            is_converted=is_converted,
        )
        check(made)
        return made

    currencies = sorted({line.currency for line in lines} | {row["currency"] for row in answers.periods})
    sections = tuple(section(each, [each], is_converted=False) for each in currencies)
    reporting = None if lacks_rates(answers.keys) else section(tenant.currency, currencies, is_converted=True)
    return Report(tenant, question, covered, sections, reporting)


def check(section: Section) -> None:
    check_foots(section.currency, ((line.key, section.of(line)) for line in section.lines))
    due = section.due.reporting_value if section.is_converted else section.due.value
    check_due(section.currency, due, section.figures.closing)


def line_of(row: Row, names: Names) -> Line:
    return Line(
        row["sell_to_id"],
        row["end_buyer_id"],
        row["product_id"],
        names.party(row["sell_to_id"]),
        names.party(row["end_buyer_id"]),
        names.product(row["product_id"]),
        row["currency"],
        in_order_currency(row),
        in_reporting_currency(row),
        row["keys"],
    )


def lacks_rates(rows: Sequence[Row]) -> bool:
    """Whether a ledger row behind these has no value in the tenant's currency."""
    return any(row.get(name) for row in rows for name in ("open_unrated", "close_unrated", "unrated_rows"))


def add_up_verbs(verbs: dict[tuple[str, str], int], currencies: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (currency, verb), rows in verbs.items():
        if currency in currencies:
            found[verb] = found.get(verb, 0) + rows
    return found


def sums_by_period(rows: Sequence[Row], currencies: Sequence[str], *, is_converted: bool) -> dict[int, tuple[int, int]]:
    ending = "_reporting" if is_converted else ""
    chosen = [row for row in rows if row["currency"] in currencies]
    return {
        number: sum_pair([(row[f"net{ending}"], row[f"billed{ending}"]) for row in group])
        for number, group in groupby(chosen, key=itemgetter("number"))
    }


def sum_pair(pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(net for net, _ in pairs), sum(billed for _, billed in pairs)
