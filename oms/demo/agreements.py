"""Special prices of the demo: one agreement for ten lines of one end buyer."""

import datetime as dt
from typing import Any

from django.db import connection

from oms.demo.scale import Scale
from tenancy.scope import current_tenant_id
from values.sql import load


def make_agreements(scale: Scale, today: dt.date, at: dt.datetime) -> None:
    """Approved agreements for the tenant in scope, `scale.agreement_lines` lines in all."""
    values: dict[str, Any] = {
        "tenant_id": current_tenant_id(),
        "lines": scale.agreement_lines,
        "end_buyers": scale.end_buyers,
        "products": scale.products,
        "valid_from": dt.date(today.year - 3, 1, 1),
        "valid_to": dt.date(today.year + 1, 12, 31),
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(load("oms.demo", "insert_agreements"), values)
        cursor.execute(load("oms.demo", "insert_agreement_lines"), values)
