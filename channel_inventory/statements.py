"""Running this app's statements for the tenant in scope."""

from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from tenancy.scope import current_tenant_id
from values.sql import load

# fewer new rows, or a smaller part of a table, change no plan
MANY, PART = 500, 0.1
# the server's clean-up is told to give way after a second, its deadlock_timeout
PATIENCE = "1500ms"
# of wide tables what they are joined and found by; to look at the rest takes longer than at all of these
JOINED = {
    "claimline": ("tenant_id", "id", "claim_id", "pos_line_id", "agreement_line_id", "reverses_id", "state"),
    "posline": (
        "tenant_id", "id", "partner_id", "product_id", "invoice_date", "invoice_number", "line_key", "state",
        "quantity", "reported_end_buyer_id", "end_buyer_id", "corrects_id", "returns_id", "batch_id",
    ),
}  # fmt: skip


def rows(name: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(load("channel_inventory", name), {"tenant": current_tenant_id(), **values})
        return cursor.fetchall()


def do(name: str, **values: Any) -> int:
    """How many rows the statement wrote."""
    with connection.cursor() as cursor:
        cursor.execute(load("channel_inventory", name), {"tenant": current_tenant_id(), **values})
        return cursor.rowcount


def start_staging() -> None:
    """Empty staging tables, made once in a transaction."""
    do("posting_table")
    do("demand_table")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE channel_posting, channel_demand")


def analyze_staging() -> None:
    """Staged rows have no statistics of their own, and the planner would take a million of them for a few."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE channel_posting, channel_demand")


def analyze_written(written: int, *tables: str) -> None:
    """After a mass write of so many rows: tell the planner, unless it knows of far more than these.

    It would take the first reports of a tenant for a handful of lines, and go through all of them for each. Another
    report that analyzes the same table holds it until it is done, and is not waited for; the server's own clean-up,
    which may have counted no row at all, gives way.
    """
    if written < MANY:
        return
    looked_at = {f"channel_inventory_{table}": JOINED.get(table, ()) for table in tables}
    grown = [name for name, known in rows("rows_known", tables=list(looked_at)) if written > known * PART]
    if grown:
        wanted = [f"{name} ({', '.join(looked_at[name])})" if looked_at[name] else name for name in grown]
        analyze_soon(", ".join(wanted))


def analyze_soon(tables: str) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cursor.execute(f"ANALYZE {tables}")
            cursor.execute("SELECT set_config('lock_timeout', '0', true)")
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise
