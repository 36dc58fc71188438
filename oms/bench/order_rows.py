"""The rows of one booked order, written again with plain multi-row INSERTs: nothing asked, nothing checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import connection
from psycopg.types.json import Jsonb

from orders.models import Order, OrderLedger, OrderLine, Schedule
from tenancy.scope import tenant_scope


@dataclass(frozen=True)
class Rows:
    """Rows of a table without their ids."""

    table: str
    columns: list[str]
    values: list[list[Any]]

    def insert(self, **changed: Sequence[Any]) -> list[int]:
        """Write them with some columns changed, one value a row; returns the new ids."""
        place = {name: index for index, name in enumerate(self.columns)}
        values = [list(row) for row in self.values]
        for name, column in changed.items():
            for row, value in zip(values, column, strict=True):
                row[place[name]] = value
        row_of_marks = f"({', '.join(['%s'] * len(self.columns))})"
        marks = ", ".join([row_of_marks] * len(values))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES {marks} RETURNING id",  # noqa: S608  our own names
                [value for row in values for value in row],
            )
            return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True)
class OrderRows:
    order: Rows
    lines: Rows
    schedules: Rows
    ledger: Rows

    def insert(self, tenant_id: int) -> None:
        """One more order of the same content, in one transaction."""
        with tenant_scope(tenant_id):
            order_ids = self.order.insert(number=[uuid4().hex[:20]], customer_po=[uuid4().hex])
            many = order_ids * len(self.lines.values)
            line_ids = self.lines.insert(order_id=many)
            schedule_ids = self.schedules.insert(order_id=many, line_id=line_ids)
            self.ledger.insert(order_id=many, line_id=line_ids, schedule_id=schedule_ids)


def read_order(order_id: int) -> OrderRows:
    """As they stand; each line has one schedule and one ledger row."""
    return OrderRows(
        order=read(Order, "id", order_id),
        lines=read(OrderLine, "order_id", order_id),
        schedules=read(Schedule, "order_id", order_id),
        ledger=read(OrderLedger, "order_id", order_id),
    )


def read(model: Any, key: str, value: int) -> Rows:
    table = model._meta.db_table
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    rows = model.objects.filter(**{key: value}).order_by("pk").values_list(*(field.attname for field in fields))
    return Rows(table, [field.column for field in fields], [[plain(each) for each in row] for row in rows])


def plain(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, list | dict) else value
