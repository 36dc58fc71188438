"""Running this app's statements for the tenant in scope."""

from typing import Any

from django.db import connection

from tenancy.scope import current_tenant_id
from values.sql import load

# fewer new rows, or a smaller part of a table, change no plan
MANY, PART = 500, 0.1
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

    It would take the first reports of a tenant for a handful of lines, and go through all of them for each. Who
    analyzes the same table at that moment does so for both.
    """
    if written < MANY:
        return
    looked_at = {f"channel_inventory_{table}": JOINED.get(table, ()) for table in tables}
    grown = [name for name, known in rows("rows_known", tables=list(looked_at)) if written > known * PART]
    if grown:
        wanted = [f"{name} ({', '.join(looked_at[name])})" if looked_at[name] else name for name in grown]
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(wanted)}")
