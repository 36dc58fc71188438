"""What the rows of a taken report cost alone: written once more, without reading, judging or reckoning anything.

Into empty copies of their tables, in three ways: bare, with the indexes, and with indexes and keys to other rows. That
is the least that writing can take; the real tables hold rows already.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.db import connection, connections
from django.db.models import QuerySet
from psycopg import sql

from channel_inventory.models import ClaimLine, LayerConsumption, LiabilityLedger, PosLine, StockLedger
from exchange.models import ImportBatch, ImportRow
from oms.bench.clock import seconds
from tenancy.models import BulkModel

# which rows of each table a report has brought
BROUGHT: dict[type[BulkModel], str] = {
    ImportRow: "batch",
    PosLine: "batch",
    StockLedger: "pos_line__batch",
    LayerConsumption: "pos_line__batch",
    ClaimLine: "pos_line__batch",
    LiabilityLedger: "claim_line__pos_line__batch",
}
# what the copy of a table has of it; the keys are added to those of the last way
WAYS = {
    "bare": "INCLUDING DEFAULTS INCLUDING CONSTRAINTS",
    "indexed": "INCLUDING ALL",
    "keyed": "INCLUDING ALL",
}
KEYS = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"


@dataclass(frozen=True)
class Written:
    """Seconds of each way, and how many rows it wrote."""

    rows: int
    bare: float
    indexed: float
    keyed: float

    def __str__(self) -> str:
        return (
            f"its {self.rows:,} rows alone: bare {self.bare:.1f} s, with indexes {self.indexed:.1f} s, "
            f"with keys too {self.keyed:.1f} s"
        )


@contextmanager
def copied_tables() -> Iterator[None]:
    """Empty copies, made before the measured transaction: a key asks for a lock on the table that it leads to."""
    drop_copies()
    try:
        for model in BROUGHT:
            make_copies(model._meta.db_table)
        yield
    finally:
        drop_copies()


def make_copies(table: str) -> None:
    for way, parts in WAYS.items():
        as_owner(f"CREATE TABLE {{}} (LIKE {{}} {parts})", copy_of(table, way), table)
    with connections["owner"].cursor() as cursor:
        cursor.execute(KEYS, [table])
        keys = cursor.fetchall()
    for name, definition in keys:
        as_owner(f"ALTER TABLE {{}} ADD CONSTRAINT {{}} {definition}", copy_of(table, "keyed"), name)


def drop_copies() -> None:
    for way in WAYS:
        for model in BROUGHT:
            as_owner("DROP TABLE IF EXISTS {}", copy_of(model._meta.db_table, way))


def written_again(batch: ImportBatch) -> Written:
    """To be called in the transaction that took the report, within `copied_tables`."""
    rows = sum(keep(model.objects.filter(**{path: batch})) for model, path in BROUGHT.items())
    return Written(rows, *(sum(seconds(partial(write, model, way)) for model in BROUGHT) for way in WAYS))


def keep(found: QuerySet[BulkModel]) -> int:
    """The rows in a table of this session, so that finding them is not measured."""
    statement, params = found.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMPORARY TABLE "{kept(found.model)}" ON COMMIT DROP AS {statement}', params)
        return cursor.rowcount


def write(model: type[BulkModel], way: str) -> None:
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in model._meta.concrete_fields)
    into, source = sql.Identifier(copy_of(model._meta.db_table, way)), sql.Identifier(kept(model))
    with connection.cursor() as cursor:
        statement = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}")
        cursor.execute(statement.format(into, columns, columns, source))


def copy_of(table: str, way: str) -> str:
    return f"bench_{way}_{table}"


def kept(model: type[BulkModel]) -> str:
    return f"kept_{model._meta.db_table}"


def as_owner(statement: str, *names: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
