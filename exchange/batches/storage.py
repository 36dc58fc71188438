"""Rows of a batch, to the database and back."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from exchange.batches.cell_row import CellRow, Shared, places_of
from exchange.choices import RowChange, RowState
from exchange.findings import Finding, from_json
from exchange.models import ImportBatch, ImportRow
from exchange.reading.table import Table
from exchange.rows import Row
from tenancy.scope import current_tenant_id
from values.sql import load

CHUNK = 5_000


@dataclass(slots=True)
class StoredRow:
    """A row in memory beside the key and the state it has in the database; no key yet when it was read just now."""

    pk: int | None
    row: Row
    state: RowState = RowState.STAGED


def fresh_rows(table: Table) -> list[StoredRow]:
    """Rows as received, not in the database yet."""
    return [StoredRow(None, Row(row.number, row.cells, findings=list(row.findings))) for row in table.rows]


def load_rows(batch: ImportBatch) -> list[StoredRow]:
    """Rows that may still be taken, in the order of the file."""
    stored, reader = [], SourceReader()
    with connection.chunked_cursor() as cursor:
        cursor.execute(load("exchange", "open_rows"), {"tenant_id": current_tenant_id(), "batch_id": batch.pk})
        while chunk := cursor.fetchmany(CHUNK):
            for pk, number, source, findings in chunk:
                seen = [] if findings is None else [from_json(each) for each in kept(json.loads(findings))]
                stored.append(StoredRow(pk, Row(number, reader.read(source), findings=seen)))
    return stored


class SourceReader:
    """Rows of one file from JSON: they share their headings, and the texts that repeat."""

    def __init__(self) -> None:
        self.headings: tuple[str, ...] = ()
        self.places: dict[str, int] = {}
        self.shared = Shared()

    def read(self, source: str) -> CellRow:
        cells: dict[str, str] = json.loads(source)
        headings = tuple(cells)
        if headings != self.headings:
            self.headings, self.places = headings, places_of(headings)
        return CellRow(self.places, self.shared.row(tuple(cells.values())))


class SourceWriter:
    """Rows of one file to JSON, their headings written once."""

    def __init__(self) -> None:
        self.headings: tuple[str, ...] = ()
        self.heads: list[str] = []

    def write(self, source: Mapping[str, str]) -> str:
        headings = tuple(source)
        if headings != self.headings:
            self.headings, self.heads = headings, [f"{encode_basestring(heading)}: " for heading in headings]
        texts = source.texts if isinstance(source, CellRow) else source.values()
        return (
            "{"
            + ", ".join([head + encode_basestring(text) for head, text in zip(self.heads, texts, strict=True)])
            + "}"
        )


def kept(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What was seen while reading; the rest is found anew."""
    return [finding for finding in findings if finding.get("is_from_file")]


def save_rows(batch: ImportBatch, stored: Sequence[StoredRow]) -> None:
    """Keep what was found of rows, all at once; those that were read just now are written as received with it.

    They pass through a temporary table: nothing is copied straight into one with row-level security.
    """
    known = [each for each in stored if each.pk is not None]
    fresh = [each for each in stored if each.pk is None]
    if known:
        pass_on(
            "save_rows", ((each.pk, None, None, *judgement(each)) for each in known), {"tenant_id": current_tenant_id()}
        )
    if fresh:
        writer = SourceWriter()
        rows = ((None, each.row.number, writer.write(each.row.source), *judgement(each)) for each in fresh)
        pass_on("write_rows", rows, {"tenant_id": current_tenant_id(), "batch_id": batch.pk})


def pass_on(statement: str, rows: Iterable[tuple[object, ...]], params: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(load("exchange", "judged_table"))
        with cursor.copy("COPY exchange_judged FROM STDIN") as target:
            for row in rows:
                target.write_row(row)
        cursor.execute(load("exchange", statement), params)
        cursor.execute(load("exchange", "forget_judged"))


def judgement(stored: StoredRow) -> tuple[str, str, str, str]:
    """What was found: values, state, change and findings."""
    row, change = stored.row, stored.row.change
    return values_json(row), stored.state.value, change.value if change else "", findings_json(row.findings)


def findings_json(findings: Sequence[Finding]) -> str:
    return as_json([finding.as_json() for finding in findings]) if findings else "[]"


def values_json(row: Row) -> str:
    """Values, and beside a column that refers to something the key found: `sell_to` and `sell_to_id`.

    Put together by hand, as the encoder is slow with what is no text: days and decimals.
    """
    parts = [f'"{name}": {value_json(value)}' for name, value in row.values.items()]
    parts += [f'"{name}_id": {key}' for name, key in row.ids.items()]
    return "{" + ", ".join(parts) + "}"


def value_json(value: Any) -> str:
    if value is None:
        return "null"
    write = WRITERS.get(type(value), as_json)
    return write(value)


class RowEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return sorted(o) if isinstance(o, frozenset) else super().default(o)


as_json = RowEncoder(ensure_ascii=False).encode
WRITERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    Decimal: lambda number: f'"{number}"',
    dt.date: lambda day: f'"{day.isoformat()}"',
}


def state_of(row: Row) -> RowState:
    """The state of a row that is checked and not taken yet."""
    if row.is_bad:
        return RowState.BAD
    if row.change == RowChange.UNCHANGED:
        return RowState.UNCHANGED
    return RowState.WARNING if row.findings else RowState.GOOD


def taken_before(earlier: Iterable[int], rows: Iterable[Row]) -> frozenset[int]:
    """Numbers of the rows that say, word for word, what a row of an earlier upload said that was taken."""
    done = ImportRow.objects.filter(batch_id__in=list(earlier), state__in=(RowState.TAKEN, RowState.UNCHANGED))
    sources = {as_said(source) for source in done.values_list("source", flat=True)}
    if not sources:
        return frozenset()
    return frozenset(row.number for row in rows if as_said(row.source) in sources)


def as_said(source: Mapping[str, str]) -> str:
    return json.dumps(dict(source), sort_keys=True)
