"""Running the guarded statements on agreement caps."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from tenancy.scope import current_tenant_id
from values import sql


def run_guarded(statement: str, quantities: Mapping[int, int]) -> list[tuple[Any, ...]]:
    """Run one of the cap statements; the rows begin with the asked line ids whose row was written.

    Lines with quantity 0 are left out; a negative quantity raises ValueError. All are locked first, by a statement of
    its own: one that locks and then writes what it saw before it waited can wait for others crosswise.
    """
    if any(quantity < 0 for quantity in quantities.values()):
        raise ValueError("A quantity to reserve, release or use cannot be negative.")
    asked = {line: quantity for line, quantity in sorted(quantities.items()) if quantity}
    if not asked:
        return []
    lock_caps(list(asked))
    params: dict[str, Any] = {"tenant": current_tenant_id(), "lines": list(asked), "quantities": list(asked.values())}
    with connection.cursor() as cursor:
        cursor.execute(sql.load("pricing", statement), params)
        return cursor.fetchall()


def lock_caps(agreement_line_ids: Sequence[int]) -> list[int]:
    """Hold the lines that count for these until commit, in one order for all; their ids.

    Who takes from several in more than one step locks all of them before the first.
    """
    with connection.cursor() as cursor:
        params: dict[str, Any] = {"tenant": current_tenant_id(), "lines": list(agreement_line_ids)}
        cursor.execute(sql.load("pricing", "lock_caps"), params)
        return [line for (line,) in cursor.fetchall()]


def lines_written(rows: list[tuple[Any, ...]]) -> set[int]:
    return {line for row in rows for line in row[0]}
