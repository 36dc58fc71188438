"""Rows by their keys, by statements that the server plans once per connection.

For hot paths only: a queryset says more, and its statement is planned anew each time.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from tenancy.models import Tenant
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id

Row = TypeVar("Row", bound=models.Model)


def rows_by_id(model: type[Row], ids: Iterable[int]) -> dict[int, Row]:
    """Rows of the tenant in scope; ids that are not there are missing."""
    return {row.pk: row for row in fetched(model, "tenant_id", list(ids))}


def current_tenant() -> Tenant:
    """The tenant in scope."""
    return fetched(Tenant, "id", [current_tenant_id()])[0]


def fetched(model: type[Row], tenant_column: str, ids: list[int]) -> list[Row]:
    values = {"tenant": current_tenant_id(), "ids": "{" + ",".join(map(str, ids)) + "}"}
    names = [field.attname for field in model._meta.concrete_fields]
    return [
        model.from_db(connection.alias, names, converted(model, row))
        for row in fetch_prepared(statement(model, tenant_column), values)
    ]


@cache
def statement(model: type[models.Model], tenant_column: str) -> str:
    """Made of our own names only."""
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return (
        f'SELECT {columns} FROM "{model._meta.db_table}" '  # noqa: S608  no input in it
        f"WHERE {tenant_column} = %(tenant)s::bigint AND id = ANY(%(ids)s::bigint[])"
    )


def converted(model: type[models.Model], row: tuple[Any, ...]) -> list[Any]:
    return [
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(model._meta.concrete_fields, row, strict=True)
    ]
