"""Orders by the hundred thousand: the same rows as the actions write, made set by set.

Runs as the owner. Secondary indexes and foreign keys of the filled tables are taken away and built anew afterwards,
all within one transaction: several times faster than keeping them up row by row, and every key is checked once, whole.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from oms.demo.scale import Scale
from tenancy.models import Tenant
from values.sql import load

Say = Callable[[str], None]

# products that an end buyer buys without an agreement
DESIGNS_ON_LIST = 5
FILLED = (
    "orders_order",
    "orders_orderline",
    "orders_schedule",
    "orders_invoice",
    "orders_invoiceline",
    "fulfilment_shipment",
    "fulfilment_shipmentline",
    "orders_orderledger",
)
STEPS = (
    "plan_sell_tos",
    "plan_end_buyers",
    "plan_accounts",
    "plan_products",
    "plan_orders",
    "plan_lines",
    "insert_orders",
    "insert_lines",
    "insert_schedules",
    "insert_invoices",
    "insert_invoice_headers",
    "insert_invoice_lines",
    "insert_shipments",
    "insert_shipment_lines",
    "insert_ledger",
)


def fill_orders(tenant: Tenant, scale: Scale, seed: int, today: date, say: Say) -> None:
    """Give the tenant `scale.orders` orders up to `today`. Master data must be there. `say(text)` hears of progress."""
    connection = connections["owner"]
    with transaction.atomic(using="owner"), connection.cursor() as cursor:
        counts = counted(cursor, tenant)
        values: dict[str, Any] = {
            "tenant_id": tenant.pk,
            "seed": seed,
            "today": today,
            "orders": scale.orders,
            "days": scale.days,
            "designs": DESIGNS_ON_LIST + scale.agreement_lines // scale.end_buyers,
            **counts,
        }
        cursor.execute("SET LOCAL work_mem = '256MB'")
        with unindexed(cursor, FILLED, say):
            for step in STEPS:
                cursor.execute(load("oms.demo", step), values)
                say(f"{step.replace('_', ' ')}: {max(cursor.rowcount, 0):,} rows")
                if step.startswith("plan"):
                    cursor.execute(f"ANALYZE demo_{PLANNED[step]}")
    with connection.cursor() as cursor:
        analyze(cursor, FILLED)


PLANNED = {
    "plan_sell_tos": "sell_to",
    "plan_end_buyers": "end_buyer",
    "plan_accounts": "account",
    "plan_products": "product",
    "plan_orders": "order",
    "plan_lines": "line",
}

COUNT = """
SELECT (SELECT count(DISTINCT party_id) FROM parties_partyrolefact WHERE tenant_id = %(tenant)s AND role = 'sell_to'),
       (SELECT count(DISTINCT party_id) FROM parties_partyrolefact WHERE tenant_id = %(tenant)s AND role = 'end_buyer'),
       (SELECT count(*) FROM catalog_product WHERE tenant_id = %(tenant)s),
       (SELECT min(id) FROM parties_location WHERE tenant_id = %(tenant)s AND purpose = 'ship_from'),
       (SELECT max(id) FROM parties_location WHERE tenant_id = %(tenant)s AND purpose = 'ship_from')
"""

INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid), x.relname
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class x ON x.oid = i.indrelid
WHERE x.oid = ANY(%s::regclass[]) AND NOT i.indisunique AND NOT i.indisexclusion
"""

KEYS = """
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype IN ('f', 'x') AND conrelid = ANY(%s::regclass[])
ORDER BY contype DESC
"""


def counted(cursor: CursorWrapper, tenant: Tenant) -> dict[str, int]:
    """How many there are of the masters, and where goods leave."""
    cursor.execute(COUNT, {"tenant": tenant.pk})
    names = ("sell_tos", "end_buyers", "products", "site", "second_site")
    return dict(zip(names, cursor.fetchone(), strict=True))


def analyze(cursor: CursorWrapper, tables: Sequence[str]) -> None:
    for table in tables:
        cursor.execute(f"ANALYZE {table}")


@contextmanager
def unindexed(cursor: CursorWrapper, tables: Sequence[str], say: Say) -> Iterator[None]:
    cursor.execute(INDEXES, [list(tables)])
    indexes = cursor.fetchall()
    cursor.execute(KEYS, [list(tables)])
    keys = cursor.fetchall()
    for name, table, _definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition, _table in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _name, definition, _table in indexes:
        cursor.execute(definition)
    say(f"{len(indexes)} indexes built")
    for name, table, definition in keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    say(f"{len(keys)} foreign keys and overlaps checked")
