"""What the set-wise actions of pricing say about rows, put on the rows."""

from collections.abc import Callable, Mapping, Sequence

from exchange.choices import RowChange
from exchange.rows import Context, Row
from pricing.rows import Change, Outcome

Upsert = Callable[..., list[Outcome]]
Columns = Mapping[str, str]
CHANGES = {Change.CREATED: RowChange.CREATE, Change.UPDATED: RowChange.UPDATE, Change.UNCHANGED: RowChange.UNCHANGED}


def judge(rows: Sequence[Row], upsert: Upsert, context: Context, columns: Columns) -> None:
    """Ask what the subjects of the rows would do, without writing."""
    told = upsert(rows=[row.subject for row in rows], by=context.by, at=context.at, is_dry=True)
    for row, outcome in zip(rows, told, strict=True):
        put(row, outcome, columns)


def write(rows: Sequence[Row], upsert: Upsert, context: Context, columns: Columns) -> None:
    told = upsert(rows=[row.subject for row in rows], by=context.by, at=context.at)
    for row, outcome in zip(rows, told, strict=True):
        put(row, outcome, columns)


def put(row: Row, outcome: Outcome, columns: Columns) -> None:
    if outcome.change == Change.ERROR:
        row.error(columns.get(outcome.field, outcome.field), outcome.code, outcome.message)
    else:
        row.change = CHANGES[outcome.change]
