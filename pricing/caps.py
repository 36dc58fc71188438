"""Running the guarded statements on agreement caps."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from tenancy.scope import current_tenant_id
from values import sql


def run_guarded(statement: str, quantities: Mapping[int, int]) -> list[tuple[Any, ...]]:
    """Run one of the cap statements; the rows begin with the asked line ids whose row was written.

    Lines with quantity 0 are left out; a negative quantity raises ValueError.
    """
    if any(quantity < 0 for quantity in quantities.values()):
        raise ValueError("A quantity to reserve, release or use cannot be negative.")
    asked = {line: quantity for line, quantity in sorted(quantities.items()) if quantity}
    if not asked:
        return []
    params: dict[str, Any] = {"tenant": current_tenant_id(), "lines": list(asked), "quantities": list(asked.values())}
    with connection.cursor() as cursor:
        cursor.execute(sql.load("pricing", statement), params)
        return cursor.fetchall()


def lines_written(rows: list[tuple[Any, ...]]) -> set[int]:
    return {line for row in rows for line in row[0]}
