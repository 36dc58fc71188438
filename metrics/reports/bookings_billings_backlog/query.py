"""Asking the database. Every statement gets the same filters and the same split between snapshot and ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics import statements
from metrics.reports.bookings_billings_backlog.question import LEDGER, Question
from metrics.snapshots.watermark import NOTHING, Coverage, coverage
from orders.choices import BACKLOG_VERBS, BILLING_VERBS, Verb
from values.currencies import MINOR_UNITS, minor_digits
from values.fiscal_bounds import FiscalBounds

DATE = "date"
NET_VERBS = [
    str(verb) for verb in (Verb.BOOKED, Verb.QTY_INCREASED, Verb.QTY_DECREASED, Verb.CANCELLED, Verb.PRICE_CHANGED)
]
ALL_VERBS = [str(verb) for verb in (*BACKLOG_VERBS, *BILLING_VERBS)]


def coverage_for(question: Question) -> Coverage:
    return NOTHING if question.source == LEDGER else coverage()


def source_of(covered: Coverage) -> dict[str, Any]:
    return {"use_snapshot": covered.use_snapshot, "after": covered.through}


def rows_by_key(question: Question, covered: Coverage, filters: dict[str, Any]) -> list[statements.Row]:
    return statements.rows(
        "bookings_billings_backlog",
        first=question.first,
        as_of=question.as_of,
        top=question.top,
        verbs=ALL_VERBS,
        backlog_verbs=statements.backlog_verbs(),
        **source_of(covered),
        **filters,
    )


def rows_by_verb(question: Question, filters: dict[str, Any]) -> dict[tuple[str, str], int]:
    """(currency, verb) → ledger rows of the span."""
    found = statements.rows("rows_by_verb", first=question.first, as_of=question.as_of, verbs=ALL_VERBS, **filters)
    return {(row["currency"], row["verb"]): row["rows"] for row in found}


@dataclass(frozen=True)
class OpenBacklog:
    """Rows by currency and commit date, and what is late by (dimension, currency, id): value, and in reporting."""

    dates: list[statements.Row]
    late: dict[tuple[str, str, int], tuple[int, int]]

    def late_value(self, as_of: date, currencies: Sequence[str], *, is_converted: bool) -> int:
        name = "reporting_value" if is_converted else "value"
        return sum(
            row[name]
            for row in self.dates
            if row["currency"] in currencies and row["commit_date"] is not None and row["commit_date"] < as_of
        )


def open_backlog(as_of: date, filters: dict[str, Any]) -> OpenBacklog:
    found = statements.rows("backlog_by_date", as_of=as_of, verbs=statements.backlog_verbs(), **filters)
    late = {
        (row["dimension"], row["currency"], row["id"]): (row["value"], row["reporting_value"])
        for row in found
        if row["dimension"] != DATE
    }
    return OpenBacklog([row for row in found if row["dimension"] == DATE], late)


def by_dimension(question: Question, covered: Coverage, filters: dict[str, Any], top: int) -> list[statements.Row]:
    return statements.rows(
        "by_dimension",
        first=question.first,
        as_of=question.as_of,
        top=top,
        verbs=ALL_VERBS,
        backlog_verbs=statements.backlog_verbs(),
        net_verbs=NET_VERBS,
        **source_of(covered),
        **filters,
    )


def date_moves(
    question: Question, bounds: FiscalBounds, to_currency: str, filters: dict[str, Any]
) -> list[statements.Row]:
    odd = {code: digits for code, digits in MINOR_UNITS.items() if digits != 2}
    return statements.rows(
        "date_moves",
        first=question.first,
        as_of=question.as_of,
        periods=bounds.periods,
        quarters=bounds.quarters,
        to_digits=minor_digits(to_currency),
        currencies=list(odd),
        digits=list(odd.values()),
        **filters,
    )
