"""The one place that appends to the order ledger."""

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from orders.actions.context import Occasion
from orders.engine.state import Event
from orders.models import Order
from tenancy.models import Tenant
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id
from values.rows import as_json
from values.sql import load

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
    order: Order,
    tenant: Tenant,
    events: Sequence[Event],
    occasion: Occasion,
    *,
    source_keys: Sequence[str | None] | None = None,
    invoice_lines: Sequence[int | None] | None = None,
) -> list[int]:
    """Insert one row per event in one statement; returns their ids in order.

    A day in a closed period posts to the first open day; `event_date` keeps the day itself.
    """
    because = occasion.because
    told = zip(events, source_keys or repeat(None), invoice_lines or repeat(None), strict=False)
    rows = fetch_prepared(
        load("orders", "append_ledger"),
        {
            "events": as_json(row_of(*each) for each in told),
            "tenant_id": current_tenant_id(),
            "order_id": order.pk,
            "order_type": order.order_type,
            "currency": order.currency,
            "business_date": tenant.posting_date(occasion.on),
            "event_date": occasion.on,
            "recorded_at": occasion.at,
            "initiator": because.initiator,
            "reason_code": because.reason_code,
            "note": because.note,
            "actor_id": occasion.by.pk if occasion.by else None,
        },
    )
    return [row[0] for row in rows]


def row_of(event: Event, source_key: str | None, invoice_line: int | None) -> dict[str, Any]:
    return {
        **{name: getattr(event, name) for name in EVENT_COLUMNS},
        "line_id": event.line.id,
        "schedule_id": event.schedule.id,
        "product_id": event.line.product_id,
        "invoice_line_id": invoice_line,
        "source_key": source_key,
    }
