"""Rows of a file that are one line: the same line number with several dates."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from exchange.rows import Row
from orders.entry import po_key
from orders.imports.naming import product_of

EDI_SCHEDULES = "edi_schedules"
Part = tuple[int, dt.date, dt.date | None]

# what makes rows one line: column to complain at, and what has to be the same
SAME: tuple[tuple[str, str, Callable[[Row], Any]], ...] = (
    ("sku", "part", product_of),
    ("end_buyer", "end buyer", lambda row: row.ids.get("end_buyer")),
    ("ship_to", "ship-to", lambda row: row.ids.get("ship_to")),
    ("unit_price", "price", lambda row: row.get("unit_price")),
)


def by_line(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows of one order by their line number, both in the order of the file."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row.values["line"], []).append(row)
    return list(found.values())


def parts_of(rows: Sequence[Row]) -> tuple[Part, ...]:
    """(quantity, request date, commit date) of each schedule that the rows of one line ask for."""
    return tuple(part for row in rows for part in own_parts(row))


def own_parts(row: Row) -> tuple[Part, ...]:
    """`400@2026-12-01|600@2027-01-15`, as the reader of EDI orders writes them; else the row is one schedule."""
    pairs = [part.split("@") for part in row.source.get(EDI_SCHEDULES, "").split("|") if part]
    if pairs:
        return tuple((int(quantity), dt.date.fromisoformat(day), None) for quantity, day in pairs)
    return ((row.values["quantity"], row.values["request_date"], row.get("commit_date")),)


def check_schedules(rows: Iterable[Row]) -> None:
    """Rows of one line differ in dates and quantity only, and in their dates they do differ."""
    for group in by_line(rows):
        first = group[0]
        dates: dict[tuple[Any, Any], Row] = {}
        for row in group:
            agree(first, row)
            key = row.values["request_date"], row.get("commit_date")
            before = dates.setdefault(key, row)
            if before is not row:
                message = f"Row {before.number} has the same line with the same dates."
                row.error("line", "repeated_row", message)
        refuse_rest(group)


def agree(first: Row, row: Row) -> None:
    for column, name, value in SAME:
        if value(row) != value(first):
            at = "customer_part" if column == "sku" and not row.get("sku") else column
            message = f"Row {first.number} has another {name} for the same line: only dates and quantity may differ."
            row.error(at, "line_differs", message)


def refuse_parts(rows: Iterable[Row]) -> None:
    """The same, before orders are told apart: rows may lack what would say which order they are of."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        named = row.ids.get("sell_to"), row.get("customer_po"), row.get("line")
        if all(named):
            groups.setdefault((named[0], po_key(str(named[1])), named[2]), []).append(row)
    for group in groups.values():
        refuse_rest(group)


def refuse_rest(group: Sequence[Row]) -> None:
    """A line is entered as a whole: with one of its rows the others wait to be mended."""
    bad = next((row for row in group if row.is_bad), None)
    if bad is None:
        return
    for row in group:
        if not row.is_bad:
            row.error("line", "line_incomplete", f"Row {bad.number} of the same line is refused.")
