"""The one place that appends to the order ledger."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import connection

from orders.actions.context import Occasion
from orders.engine.state import Event
from tenancy.scope import current_tenant_id
from values.sql import load

if TYPE_CHECKING:
    from orders.actions.desk import Desk

EVENT_COLUMNS = [
    "verb",
    "quantity_delta",
    "value_delta",
    "reporting_delta",
    "open_qty",
    "open_value",
    "unit_price",
    "sell_to_id",
    "end_buyer_id",
    "from_date",
    "to_date",
    "days",
]


def append_rows(
    desk: "Desk",
    events: Sequence[Event],
    occasion: Occasion,
    *,
    source_keys: Sequence[str | None] | None = None,
    invoice_lines: Sequence[int | None] | None = None,
) -> list[int]:
    """Insert one row per event in one statement; returns their ids in order.

    A day in a closed period posts to the first open day; `event_date` keeps the day itself.
    """
    nothing = [None] * len(events)
    columns = {name: [getattr(event, name) for event in events] for name in EVENT_COLUMNS}
    because = occasion.because
    with connection.cursor() as cursor:
        cursor.execute(
            load("orders", "append_ledger"),
            {
                **columns,
                "verb": [str(event.verb) for event in events],
                "line_id": [event.line.id for event in events],
                "schedule_id": [event.schedule.id for event in events],
                "product_id": [event.line.product_id for event in events],
                "invoice_line_id": list(invoice_lines or nothing),
                "source_key": list(source_keys or nothing),
                "tenant_id": current_tenant_id(),
                "order_id": desk.order.pk,
                "order_type": desk.order.order_type,
                "currency": desk.order.currency,
                "business_date": desk.tenant.posting_date(occasion.on),
                "event_date": occasion.on,
                "recorded_at": occasion.at,
                "initiator": because.initiator,
                "reason_code": because.reason_code,
                "note": because.note,
                "actor_id": occasion.by.pk if occasion.by else None,
            },
        )
        return [row[0] for row in cursor.fetchall()]
