"""Running the limits: plain SQL as the application role, under row-level security like everything else."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from tenancy.scope import current_tenant_id
from values.sql import load


def fetch(statement: str, params: Mapping[str, Any] | tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def fetch_limit(name: str, **values: Any) -> list[tuple[Any, ...]]:
    return fetch(load("oms.bench", name), {"tenant": current_tenant_id(), **values})


def in_one_process() -> None:
    """For this transaction: no parallel scan. What is measured against it works in one session, too."""
    fetch("SELECT set_config('max_parallel_workers_per_gather', '0', true)")


def run_named(name: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(load("oms.bench", name), {"tenant": current_tenant_id(), **values})
