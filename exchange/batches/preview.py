"""What a page shows of a batch: its columns, and some of its rows as they were sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.choices import RowState
from exchange.errors import Unreadable
from exchange.kinds import kind_named
from exchange.models import ImportBatch, ImportRow
from exchange.reading import read_table
from jobs.files import open_file

PAGE_ROWS = 50
SHOWN_COLUMNS = 9
# rows that are looked through for the texts shown under a heading, and how many of these
LOOKED_AT, SAMPLES = 20, 2


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class PreviewRow:
    number: int
    state: str
    label: str
    change: str
    cells: list[Cell]
    messages: list[str]


def found_columns(batch: ImportBatch) -> list[tuple[str, str]]:
    """(our column, the file's heading) in the order of the kind, which JSON objects do not keep."""
    found: dict[str, str] = batch.mapping.get("found", {})
    return [(name, found[name]) for name in kind_named(batch.kind).names if name in found]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """`columns` are (our column, the file's heading); `following` is where the next page goes on."""

    columns: list[tuple[str, str]]
    rows: list[PreviewRow]
    following: int | None


def preview_page(batch: ImportBatch, *, state: str, after: int) -> PreviewPage:
    """Rows in one state (empty: any) behind row number `after`."""
    rows = ImportRow.objects.filter(batch=batch, number__gt=after).order_by("number")
    if state:
        rows = rows.filter(state=state)
    found = list(rows[: PAGE_ROWS + 1])
    columns = columns_worth_showing(found_columns(batch), found[:PAGE_ROWS])
    shown = [preview_row(row, columns) for row in found[:PAGE_ROWS]]
    return PreviewPage(columns, shown, shown[-1].number if len(found) > PAGE_ROWS else None)


def columns_worth_showing(columns: list[tuple[str, str]], rows: Sequence[ImportRow]) -> list[tuple[str, str]]:
    """As many as a page is wide for: first those in which something was found, then those that say anything."""
    wrong = {finding["field"] for row in rows for finding in row.findings}
    filled = {name for name, heading in columns if any(row.source.get(heading) for row in rows)}
    ranked = sorted(columns, key=lambda column: (column[0] not in wrong, column[0] not in filled))
    picked = ranked[:SHOWN_COLUMNS]
    return [column for column in columns if column in picked]


def preview_row(row: ImportRow, columns: Sequence[tuple[str, str]]) -> PreviewRow:
    marked = {finding["field"] for finding in row.findings}
    cells = [Cell(row.source.get(heading, ""), name in marked) for name, heading in columns]
    state = RowState(row.state)
    return PreviewRow(row.number, state, str(state.label), row.get_change_display(), cells, said(row.findings))


def said(findings: Sequence[dict[str, Any]]) -> list[str]:
    return [f"{each['field']}: {each['message']}" if each["field"] else each["message"] for each in findings]


def samples_of(batch: ImportBatch) -> dict[str, list[str]]:
    """The file's own headings, in its order, with the first texts under each; read from the file where no row could be
    staged for want of a column.
    """
    if columns := batch.mapping.get("columns"):
        rows = ImportRow.objects.filter(batch=batch).order_by("number")[:LOOKED_AT]
        return first_texts(columns, list(rows.values_list("source", flat=True)))
    with open_file(batch.file) as file:
        try:
            table = read_table(file.read(), known=frozenset(kind_named(batch.kind).names))
        except Unreadable:
            return {}
    return first_texts(table.headings, [row.cells for row in table.rows[:LOOKED_AT]])


def first_texts(headings: Sequence[str], rows: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    found = {}
    for heading in headings:
        texts = dict.fromkeys(text for row in rows if (text := (row.get(heading) or "").strip()))
        found[heading] = list(texts)[:SAMPLES]
    return found
