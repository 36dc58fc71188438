"""A whole file checked at once: parsed, looked up, then judged by its kind."""

from collections.abc import Mapping, Sequence
from typing import Any

from exchange.choices import RowChange
from exchange.kinds import ImportKind
from exchange.parsing.cells import Formats
from exchange.parsing.file import parse_rows
from exchange.rows import Context, Row


def check_rows(
    kind: ImportKind, rows: Sequence[Row], context: Context, found: Mapping[str, str], defaults: Mapping[str, str]
) -> None:
    """Fill values, ids, findings and change of every row. A fixed number of queries, whatever the number of rows."""
    open_rows = []
    for row in rows:
        if row.number in context.taken_before:
            row.findings.clear()
            row.change = RowChange.UNCHANGED
        else:
            open_rows.append(row)
    if kind.prepare:
        kind.prepare(open_rows, context)
    context.tell("Reading the cells")
    parse_rows(kind, open_rows, found, context, defaults)
    context.tell("Looking up what the rows name")
    if kind.look_up:
        kind.look_up(open_rows, context)
    context.tell("Checking")
    kind.check([row for row in open_rows if not row.is_bad], context)


def formats_of(mapping: Mapping[str, Any]) -> Formats:
    return Formats(mapping.get("date_format", ""), bool(mapping.get("decimal_comma", False)))


def defaults_for(kind: ImportKind, partner_code: str) -> dict[str, str]:
    return {kind.partner_column: partner_code} if kind.partner_column and partner_code else {}
