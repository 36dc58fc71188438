"""Running the statements of `metrics/sql/` within the tenant in scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from metrics.choices import FLOW_VERBS
from orders.choices import BACKLOG_VERBS, BOOKING_TYPES
from tenancy.scope import current_tenant_id
from values.sql import load

Row = dict[str, Any]

# any two numbers that nobody else locks by; the second is the tenant
LOCK_SPACE = 7_301
ROOM_TO_SORT = "128MB"


@contextmanager
def run(name: str, **values: Any) -> Iterator[CursorWrapper]:
    """A cursor on the answer; `tenant` and the order types that book are given to every statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            load("metrics", name),
            {"tenant": current_tenant_id(), "types": booking_types(), **values},
        )
        yield cursor


def rows(name: str, **values: Any) -> list[Row]:
    with run(name, **values) as cursor:
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def row(name: str, **values: Any) -> Row:
    return rows(name, **values)[0]


def do(name: str, **values: Any) -> int:
    """Rows written."""
    with run(name, **values) as cursor:
        return cursor.rowcount


def booking_types() -> list[str]:
    return [str(each) for each in BOOKING_TYPES]


def flow_verbs() -> list[str]:
    return [str(verb) for verb in FLOW_VERBS]


def backlog_verbs() -> list[str]:
    return [str(verb) for verb in BACKLOG_VERBS]


def wait_for_other_runs() -> None:
    """One run at a time per tenant, until the end of the transaction; and room to sort a month in memory."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, current_tenant_id()])
    prepare_session()


def prepare_session() -> None:
    """For this transaction: room to sort a month in memory, and no compiling of statements that run once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true), set_config('jit', 'off', true)", [ROOM_TO_SORT])


def analyze_snapshot() -> None:
    """Tell the planner what flows and positions hold after a mass write.

    The server does so by itself some time later. Until then, or when it looked while the rows were not committed yet,
    the planner takes a table of millions for empty, and a night of the blink of an eye lasts for hours.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE metrics_dailyflow, metrics_backlogposition")


def commit_without_waiting() -> None:
    """For this transaction: its log is written by and by. Only for work that is done again when it gets lost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', 'off', true)")


@contextmanager
def sorted_groups() -> Iterator[None]:
    """Groups are made of sorted rows: wide sums of many groups outgrow the processor's cache in a hash table."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_hashagg = off")
        yield
        cursor.execute("SET LOCAL enable_hashagg = on")


@contextmanager
def hashed_groups() -> Iterator[None]:
    """Few groups of many rows are made in a hash table; the planner takes the rows for few and would sort them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        yield
        cursor.execute("SET LOCAL enable_sort = on")


@contextmanager
def looked_up_in_order() -> Iterator[None]:
    """The newest row of a key is read from the end of an index in that order, even when the table is taken for empty.

    Then any index looks as good, and reading the tenant's every row for each key as cheap as reading one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        yield
        cursor.execute("SET LOCAL enable_sort = on")
