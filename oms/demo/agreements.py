"""Special prices of the demo: one agreement for ten lines of one end buyer."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from oms.demo.filling import analyze, unindexed
from oms.demo.scale import Scale
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id
from values.sql import load

FILLED = ("pricing_agreement", "pricing_agreementline")
JOINED = ("parties_partyrolefact", "catalog_product", "pricing_pricelist", "pricing_pricelistitem")


def make_agreements(scale: Scale, today: dt.date, at: dt.datetime) -> None:
    """Approved agreements for the tenant in scope, `scale.agreement_lines` lines in all."""
    with connection.cursor() as cursor:
        insert(cursor, {**values_of(current_tenant_id(), scale, today, at), "in_euro": True})


def fill_agreements(tenant: Tenant, scale: Scale, today: dt.date, at: dt.datetime, say: Callable[[str], None]) -> None:
    """The same as the owner, with the overlap of agreements checked once, when all are there."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        analyze(cursor, JOINED)
        with unindexed(cursor, FILLED, say):
            say(f"agreement lines: {insert(cursor, values_of(tenant.pk, scale, today, at)):,} rows")
        analyze(cursor, FILLED)


def insert(cursor: CursorWrapper, values: dict[str, Any]) -> int:
    cursor.execute(load("oms.demo", "insert_agreements"), values)
    cursor.execute(load("oms.demo", "insert_agreement_lines"), values)
    return cursor.rowcount


def values_of(tenant_id: int, scale: Scale, today: dt.date, at: dt.datetime) -> dict[str, Any]:
    return {
        "tenant_id": tenant_id,
        "lines": scale.agreement_lines,
        "end_buyers": scale.end_buyers,
        "products": scale.products,
        "valid_from": dt.date(today.year - 3, 1, 1),
        "valid_to": dt.date(today.year + 1, 12, 31),
        "at": at,
        "in_euro": False,
    }
