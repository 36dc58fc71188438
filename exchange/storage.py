"""Rows of a batch, to the database and back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from exchange.choices import RowChange, RowState
from exchange.findings import from_json
from exchange.models import ImportBatch, ImportRow
from exchange.reading.table import Table
from exchange.rows import Row
from tenancy.scope import current_tenant_id
from values.sql import load

CHUNK = 5_000


@dataclass(slots=True)
class StoredRow:
    """A row in memory beside the key and the state it has in the database."""

    pk: int
    state: RowState
    row: Row


def stage_rows(batch: ImportBatch, table: Table) -> None:
    """Write the rows as received, before anybody judges them.

    They pass through a temporary table: nothing is copied straight into one with row-level security.
    """
    with connection.cursor() as cursor:
        cursor.execute(load("exchange", "staging_table"))
        with cursor.copy("COPY exchange_staged (number, source, findings) FROM STDIN") as target:
            for row in table.rows:
                findings = [finding.as_json() for finding in row.findings]
                target.write_row((row.number, as_json(row.cells), as_json(findings)))
        cursor.execute(load("exchange", "stage_rows"), {"tenant_id": current_tenant_id(), "batch_id": batch.pk})
        cursor.execute(load("exchange", "forget_staged"))


def load_rows(batch: ImportBatch) -> list[StoredRow]:
    """Rows that may still be taken, in the order of the file."""
    stored = ImportRow.objects.filter(batch=batch).exclude(state=RowState.TAKEN).order_by("number")
    columns = stored.values_list("pk", "state", "number", "source", "findings")
    return [
        StoredRow(pk, RowState(state), Row(number, source, findings=[from_json(f) for f in kept(findings)]))
        for pk, state, number, source, findings in columns.iterator(chunk_size=CHUNK)
    ]


def kept(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What was seen while reading; the rest is found anew."""
    return [finding for finding in findings if finding.get("is_from_file")]


def save_rows(stored: Sequence[StoredRow]) -> None:
    """Keep what was found of rows; all at once, through a temporary table."""
    if not stored:
        return
    with connection.cursor() as cursor:
        cursor.execute(load("exchange", "judged_table"))
        with cursor.copy("COPY exchange_judged (id, found, state, change, findings) FROM STDIN") as target:
            for each in stored:
                target.write_row(judged(each))
        cursor.execute(load("exchange", "save_rows"), {"tenant_id": current_tenant_id()})
        cursor.execute(load("exchange", "forget_judged"))


def judged(stored: StoredRow) -> tuple[int, str, str, str, str]:
    row = stored.row
    findings = as_json([finding.as_json() for finding in row.findings]) if row.findings else "[]"
    return stored.pk, as_json(with_ids(row)), str(stored.state), str(row.change or ""), findings


def with_ids(row: Row) -> dict[str, Any]:
    """Values, and beside a column that refers to something the key found: `sell_to` and `sell_to_id`."""
    return {**row.values, **{f"{name}_id": key for name, key in row.ids.items()}}


def as_json(value: Any) -> str:
    return json.dumps(value, cls=RowEncoder, ensure_ascii=False)


class RowEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return sorted(o) if isinstance(o, frozenset) else super().default(o)


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
    sources = {json.dumps(source, sort_keys=True) for source in done.values_list("source", flat=True)}
    if not sources:
        return frozenset()
    return frozenset(row.number for row in rows if json.dumps(row.source, sort_keys=True) in sources)
