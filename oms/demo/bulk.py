"""Orders by the hundred thousand: the same rows as the actions write, made set by set, as the owner."""

from datetime import date
from typing import Any

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from oms.demo.filling import Say, analyze, run_steps
from oms.demo.scale import Scale
from tenancy.models import Tenant

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
# what is planned before the rest, under the name of the table that holds it
STEPS = (
    ("plan_sell_tos", "sell_to"),
    ("plan_end_buyers", "end_buyer"),
    ("plan_accounts", "account"),
    ("plan_products", "product"),
    ("plan_orders", "order"),
    ("plan_lines", "line"),
    ("insert_orders", ""),
    ("insert_lines", ""),
    ("insert_schedules", ""),
    ("insert_invoices", ""),
    ("insert_invoice_headers", ""),
    ("insert_invoice_lines", ""),
    ("insert_shipments", ""),
    ("insert_shipment_lines", ""),
    ("insert_ledger", ""),
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
        run_steps(cursor, STEPS, values, filled=FILLED, say=say)
    with connection.cursor() as cursor:
        analyze(cursor, FILLED)


COUNT = """
SELECT (SELECT count(DISTINCT party_id) FROM parties_partyrolefact WHERE tenant_id = %(tenant)s AND role = 'sell_to'),
       (SELECT count(DISTINCT party_id) FROM parties_partyrolefact WHERE tenant_id = %(tenant)s AND role = 'end_buyer'),
       (SELECT count(*) FROM catalog_product WHERE tenant_id = %(tenant)s),
       (SELECT min(id) FROM parties_location WHERE tenant_id = %(tenant)s AND purpose = 'ship_from'),
       (SELECT max(id) FROM parties_location WHERE tenant_id = %(tenant)s AND purpose = 'ship_from')
"""


def counted(cursor: CursorWrapper, tenant: Tenant) -> dict[str, int]:
    """How many there are of the masters, and where goods leave."""
    cursor.execute(COUNT, {"tenant": tenant.pk})
    names = ("sell_tos", "end_buyers", "products", "site", "second_site")
    return dict(zip(names, cursor.fetchone(), strict=True))
