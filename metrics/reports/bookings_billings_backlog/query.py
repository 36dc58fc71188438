"""Asking the database. Every statement gets the same filters and the same split between snapshot and ledger."""

from typing import Any

from metrics import statements
from metrics.reports.bookings_billings_backlog.question import LEDGER, Question
from metrics.watermark import NOTHING, Coverage, coverage
from orders.choices import BACKLOG_VERBS, BILLING_VERBS

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


def backlog_by_date(question: Question, filters: dict[str, Any]) -> list[statements.Row]:
    return statements.rows("backlog_by_date", as_of=question.as_of, verbs=statements.backlog_verbs(), **filters)
