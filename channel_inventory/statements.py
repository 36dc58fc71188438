"""Running this app's statements for the tenant in scope."""

from typing import Any

from django.db import connection

from tenancy.scope import current_tenant_id
from values.sql import load


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
