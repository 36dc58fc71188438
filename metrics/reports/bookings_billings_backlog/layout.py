"""From the statements' answers to one section a currency. What does not foot is refused, never drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from metrics.reports.bookings_billings_backlog.answers import Answers, lacks_rates
from metrics.reports.bookings_billings_backlog.bridge import bridge_of, check_due, check_foots
from metrics.reports.bookings_billings_backlog.due import due_of
from metrics.reports.bookings_billings_backlog.figures import in_order_currency, in_reporting_currency, summed
from metrics.reports.bookings_billings_backlog.moves import Axis, axes_of
from metrics.reports.bookings_billings_backlog.names import Names
from metrics.reports.bookings_billings_backlog.question import Question
from metrics.reports.bookings_billings_backlog.section import Before, Line, Section
from metrics.reports.bookings_billings_backlog.tops import Top, tops_of
from metrics.reports.bookings_billings_backlog.trend import trend_of
from metrics.statements import Row
from values.fiscal import FiscalCalendar, FiscalPeriod

# how `by_dimension` calls all currencies together, in the tenant's
TOGETHER = ""


@dataclass(frozen=True)
class Layout:
    question: Question
    calendar: FiscalCalendar
    periods: tuple[FiscalPeriod, ...]
    answers: Answers

    def section(self, currency: str, currencies: Sequence[str], *, is_converted: bool) -> Section:
        """One currency; or all of them converted. Raises DoesNotFoot."""
        answers = self.answers
        lines = tuple(line_of(row, answers.names) for row in answers.keys if row["currency"] in currencies)
        figures = summed(line.reporting if is_converted else line.figures for line in lines)
        verbs = add_up_verbs(answers.verbs, currencies)
        lacks = is_converted and lacks_rates(answers.spans)
        sums = sums_by_span(answers.spans, currencies, is_converted=is_converted)
        is_single = {currency} >= set(currencies)
        before_first = self.question.first - timedelta(days=1)
        made = Section(
            currency=currency,
            figures=figures,
            lines=lines,
            drivers=bridge_of(figures, verbs),
            due=due_of(
                [row for row in answers.closing.dates if row["currency"] in currencies],
                self.calendar,
                self.question.as_of,
            ),
            trend=() if lacks else trend_of(self.periods, sums),
            ledger_rows=sum(verbs.values()),
            unbilled=sum(line.figures.unbilled for line in lines) if is_single else None,
            unbilled_before=sum(line.figures.unbilled_before for line in lines) if is_single else None,
            late_before=answers.opening.late_value(before_first, currencies, is_converted=is_converted),
            before=None if lacks else Before(*sums.get(len(self.periods) + 1, (0, 0))),
            moves=self.moves(currencies, is_converted=is_converted),
            tops=self.tops(currency, currencies, is_converted=is_converted),
            is_converted=is_converted,
        )
        check(made)
        return made

    def moves(self, currencies: Sequence[str], *, is_converted: bool) -> tuple[Axis, ...] | None:
        rows = [row for row in self.answers.moves if row["currency"] in currencies]
        return None if is_converted and lacks_rates(rows) else axes_of(rows, is_converted=is_converted)

    def tops(self, currency: str, currencies: Sequence[str], *, is_converted: bool) -> tuple[Top, ...]:
        wanted = TOGETHER if is_converted else currency
        rows = [row for row in self.answers.members if row["currency"] == wanted]
        return tops_of(rows, self.answers.closing.late, self.answers.names, currencies, is_converted=is_converted)


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


def add_up_verbs(verbs: dict[tuple[str, str], int], currencies: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (currency, verb), rows in verbs.items():
        if currency in currencies:
            found[verb] = found.get(verb, 0) + rows
    return found


def sums_by_span(rows: Sequence[Row], currencies: Sequence[str], *, is_converted: bool) -> dict[int, tuple[int, int]]:
    """(net bookings, billings) by the span's place."""
    ending = "_reporting" if is_converted else ""
    found: dict[int, tuple[int, int]] = {}
    for row in rows:
        if row["currency"] in currencies:
            net, billed = found.get(row["number"], (0, 0))
            found[row["number"]] = net + row[f"net{ending}"], billed + row[f"billed{ending}"]
    return found
