"""Source cells to typed values: headings found, cells parsed, references looked up, repetitions in the file seen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from exchange.columns import Ambiguous, Column, Reference
from exchange.errors import Unreadable
from exchange.kinds import ImportKind
from exchange.parsing.cells import BadCell, Formats
from exchange.parsing.read_cells import BLANK, FilledCells, ReadCells
from exchange.reading.table import heading_key
from exchange.rows import Context, Row


def match_headings(kind: ImportKind, headings: Sequence[str], mapped: Mapping[str, str]) -> dict[str, str]:
    """Canonical column to the file's heading, by the sender's map first, then by our own names.

    Raises Unreadable when a required column is missing.
    """
    by_key = {heading_key(heading): heading for heading in headings}
    found = {}
    for name in kind.names:
        wanted = mapped.get(name, "")
        heading = by_key.get(heading_key(wanted)) if wanted else by_key.get(name)
        if heading is not None:
            found[name] = heading
    refuse_missing(kind, headings, found, mapped)
    return found


def refuse_missing(
    kind: ImportKind, headings: Sequence[str], found: Mapping[str, str], mapped: Mapping[str, str]
) -> None:
    missing = [
        column.name
        for column in kind.columns
        if column.is_required and column.name not in found and column.name != kind.partner_column
    ]
    missing += [" or ".join(group) for group in kind.one_of if not any(name in found for name in group)]
    if not missing:
        return
    wanted = ", ".join(f"{name} (as “{mapped[name]}”)" if mapped.get(name) else name for name in missing)
    has = ", ".join(headings[:20])
    raise Unreadable("missing_columns", f"Required columns are missing: {wanted}. The file has: {has[:300]}.")


def parse_rows(
    kind: ImportKind, rows: Sequence[Row], found: Mapping[str, str], context: Context, defaults: Mapping[str, str]
) -> None:
    """Fill `values` and `ids` of every row. `defaults` stand in for empty cells."""
    for column in kind.columns:
        parse_column(column, rows, found.get(column.name), context.formats, defaults.get(column.name))
    for group in kind.one_of:
        refuse_none_of(group, rows)
    resolve_references(kind, rows, context)
    find_repetitions(kind, rows)


def parse_column(
    column: Column, rows: Sequence[Row], heading: str | None, formats: Formats, default: str | None
) -> None:
    """A column at a time: most of its texts repeat, and each is read once."""
    name, read, read_filled = column.name, ReadCells(column, formats), FilledCells(column, formats)
    for row in rows:
        if heading is None and default is None and name not in row.filled:
            continue
        value = read[row.source.get(heading, "")] if heading else BLANK
        if value is BLANK and (text := row.filled.get(name) or default):
            value = read_filled[text]
        row.values[name] = None
        if value is BLANK:
            if column.is_required and not any(finding.field == name for finding in row.findings):
                row.error(name, "missing", f"{name} is required.")
        elif isinstance(value, BadCell):
            row.error(name, value.code, value.message)
        else:
            row.values[name] = value


def refuse_none_of(group: Sequence[str], rows: Sequence[Row]) -> None:
    for row in rows:
        if any(row.values.get(name) is not None for name in group):
            continue
        if not any(finding.field in group for finding in row.findings):
            row.error(group[0], "missing", f"One of {' or '.join(group)} is required.")


def resolve_references(kind: ImportKind, rows: Sequence[Row], context: Context) -> None:
    """One look-up for each set that is referred to, however many columns and rows name it."""
    columns = defaultdict(list)
    for column in kind.columns:
        if column.reference:
            columns[column.reference].append(column.name)
    for reference, names in columns.items():
        texts = frozenset(row.values[name] for row in rows for name in names if row.values.get(name))
        if not texts:
            continue
        answers = reference.find(texts, context)
        for name in names:
            settle_column(rows, name, reference, answers)


def settle_column(
    rows: Sequence[Row], name: str, reference: Reference, answers: Mapping[str, "int | Ambiguous"]
) -> None:
    for row in rows:
        if wanted := row.values.get(name):
            settle(row, name, wanted, reference, answers.get(wanted))


def settle(row: Row, name: str, wanted: str, reference: Reference, answer: "int | Ambiguous | None") -> None:
    if isinstance(answer, int):
        row.ids[name] = answer
    elif isinstance(answer, Ambiguous):
        row.error(name, f"ambiguous_{reference.name}", answer.message)
    else:
        row.error(name, f"unknown_{reference.name}", f"There is no {reference.title} “{wanted}”.", wanted)


def find_repetitions(kind: ImportKind, rows: Sequence[Row]) -> None:
    """A key that stands twice in a file: the later row is refused, since order must not decide."""
    if not kind.key:
        return
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = tuple(row.ids.get(name) or folded(row.values.get(name)) for name in kind.key)
        if all(part is None for part in key) or any(f.field in kind.key for f in row.findings):
            continue
        if key in first:
            row.error(kind.key[0], "repeated_row", f"Row {first[key]} says the same {', '.join(kind.key)}.")
        else:
            first[key] = row.number


def folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
