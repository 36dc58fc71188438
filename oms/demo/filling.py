"""Tables filled by statements, as the owner: millions of rows in minutes.

Secondary indexes and foreign keys of the filled tables are taken away and built anew afterwards, all within one
transaction: several times faster than keeping them up row by row, and every key is checked once, whole.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.utils import CursorWrapper

from values.sql import load

Say = Callable[[str], None]

INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid), x.relname
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class x ON x.oid = i.indrelid
WHERE x.oid = ANY(%s::regclass[]) AND NOT i.indisunique AND NOT i.indisexclusion
"""

KEYS = """
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype IN ('f', 'x') AND conrelid = ANY(%s::regclass[])
ORDER BY contype DESC
"""


def run_steps(
    cursor: CursorWrapper,
    steps: Iterable[tuple[str, str]],
    values: Mapping[str, Any],
    *,
    filled: Sequence[str],
    say: Say,
) -> None:
    """Run statements that fill `filled`. A step is a statement, and the demo's own table that it plans with, if any."""
    cursor.execute("SET LOCAL work_mem = '256MB'")
    with unindexed(cursor, filled, say):
        for step, planned in steps:
            cursor.execute(load("oms.demo", step), values)
            say(f"{step.replace('_', ' ')}: {max(cursor.rowcount, 0):,} rows")
            if planned:
                cursor.execute(f"ANALYZE demo_{planned}")


def analyze(cursor: CursorWrapper, tables: Sequence[str]) -> None:
    for table in tables:
        cursor.execute(f"ANALYZE {table}")


@contextmanager
def unindexed(cursor: CursorWrapper, tables: Sequence[str], say: Say) -> Iterator[None]:
    cursor.execute(INDEXES, [list(tables)])
    indexes = cursor.fetchall()
    cursor.execute(KEYS, [list(tables)])
    keys = cursor.fetchall()
    for name, table, _definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition, _table in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _name, definition, _table in indexes:
        cursor.execute(definition)
    say(f"{len(indexes)} indexes built")
    for name, table, definition in keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    say(f"{len(keys)} foreign keys and overlaps checked")
