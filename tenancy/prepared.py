"""A statement that the server parses and plans once per connection."""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection

PLAN_ONCE = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"


class PreparedCursor(psycopg.Cursor[tuple[Any, ...]]):
    """Binds on the server and prepares at first use; Django's own cursor sends literals, planned anew each time."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "PreparedCursor":
        return super().execute(query, params, prepare=True, binary=True)


def fetch_prepared(
    statement: str, params: Mapping[str, Any], *, is_planned_once: bool = False
) -> list[tuple[Any, ...]]:
    """Rows of a statement worth preparing: many short calls, where planning would cost more than running.

    The server may still plan it anew each time, when it takes arrays of unknown length for dear: `is_planned_once`
    forbids that for the rest of the transaction.
    """
    connection.ensure_connection()
    raw: Any = PreparedCursor(connection.connection)
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(raw) as cursor:
        if is_planned_once:
            cursor.execute(PLAN_ONCE)
        cursor.execute(statement, params)
        return cursor.fetchall()


def fetch_planned(statement: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of a statement that must be planned for these very values: a batch."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()
