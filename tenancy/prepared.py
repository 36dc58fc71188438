"""A statement that the server parses and plans once per connection."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import psycopg
from django.db import connection

PLAN_ONCE = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"

Make = Callable[[Sequence[Any]], Any]

_PLACE = re.compile(r"%(?:\((?P<name>\w+)\)s|%)")


class PreparedCursor(psycopg.RawCursor[Any]):
    """Binds on the server and prepares at first use; Django's own cursor sends literals, planned anew each time.

    Takes `%(name)s` and turns it into the server's `$1` once for each statement: the driver does not remember long
    statements, and would take them apart at each call.
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> "PreparedCursor":
        text, names = numbered(query)
        return super().execute(text, [params[name] for name in names], prepare=True, binary=True)


@cache
def numbered(statement: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1`, `$2` … for its parameters, and their names in that order."""
    places: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        name = found["name"]
        return "%" if name is None else f"${places.setdefault(name, len(places) + 1)}"

    text = _PLACE.sub(number, statement)
    return text.encode(), tuple(places)


def fetch_prepared(
    statement: str, params: Mapping[str, Any], *, make: Make = tuple, is_planned_once: bool = False
) -> list[Any]:
    """Rows, as `make` makes them, of a statement worth preparing: many short calls, planning dearer than running.

    The server may still plan it anew each time, when it takes arrays of unknown length for dear: `is_planned_once`
    forbids that for the rest of the transaction.
    """
    connection.ensure_connection()
    raw: Any = PreparedCursor(connection.connection, row_factory=lambda cursor: make)
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(raw) as cursor:
        if is_planned_once:
            cursor.execute(PLAN_ONCE, {})
        cursor.execute(statement, params)
        return cursor.fetchall()


def fetch_planned(statement: str, params: Mapping[str, Any], *, make: Make = tuple) -> list[Any]:
    """Rows, as `make` makes them, of a statement that must be planned for these very values: a batch.

    They are written into its text. Bound on the server they would be planned for any, as soon as something in the same
    transaction had forbidden to plan again.
    """
    with connection.cursor() as cursor:
        cursor.cursor.row_factory = lambda _: make
        cursor.execute(statement, params)
        return cursor.fetchall()
