"""Statements with their values bound on the server; those that it parses and plans once per connection."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

PLAN_ONCE = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"

Make = Callable[[Sequence[Any]], Any]

_PLACE = re.compile(r"%(?:\((?P<name>\w+)\)s|%)")


class BoundCursor(psycopg.RawCursor[Any]):
    """Binds on the server; Django's own cursor writes the values into the statement.

    Takes `%(name)s` and turns it into the server's `$1` once for each statement: the driver does not remember long
    statements, and would take them apart at each call.
    """

    is_prepared = False

    def execute(self, query: Any, params: Any = None, **options: Any) -> "BoundCursor":
        text, names = numbered(query)
        return super().execute(text, [params[name] for name in names], prepare=self.is_prepared, binary=True)


class PreparedCursor(BoundCursor):
    """Prepares at first use, where Django's own cursor has a statement planned anew each time."""

    is_prepared = True


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
    with bound(PreparedCursor, make) as cursor:
        if is_planned_once:
            cursor.execute(PLAN_ONCE, {})
        cursor.execute(statement, params)
        return cursor.fetchall()


def fetch_bound(statement: str, params: Mapping[str, Any], *, make: Make = tuple) -> list[Any]:
    """Rows, as `make` makes them, of a statement planned for these very values, which stay out of its text: a batch
    whose arrays are long."""
    with bound(BoundCursor, make) as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def bound(kind: type[BoundCursor], make: Make) -> CursorWrapper:
    connection.ensure_connection()
    raw: Any = kind(connection.connection, row_factory=lambda cursor: make)
    return connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)


def fetch_planned(statement: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of a statement that must be planned for these very values: a batch."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()
