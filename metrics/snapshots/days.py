from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from metrics import statements


def all_days() -> list[date]:
    """Every calendar day from the first to the last that the ledger or the flows know; none for an empty ledger."""
    span = statements.row("ledger_days")
    if span["first"] is None:
        return []
    return [span["first"] + timedelta(days=n) for n in range((span["last"] - span["first"]).days + 1)]


def months_of(days: Sequence[date]) -> list[list[date]]:
    return [list(month) for _, month in groupby(days, key=lambda day: (day.year, day.month))]
