"""First in, first out for whatever takes units from partners, against the same rows summed and written barely.

Of so many partners that some hundred thousand layers are theirs, what invoices brought becomes layers through the
action where it is none yet, and all are full again; as many lines then take nine tenths of the units. The limit scans
and sums both sides by partner and product, and inserts and updates the rows that the statement found, ready made.
Everything is rolled back, and measured once: each round would leave millions of dead rows on the disk.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Count

from channel_inventory import statements
from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from oms.bench.bench import Bench
from oms.bench.clock import seconds
from oms.bench.result import Result, at_most
from oms.bench.statements import fetch
from orders.choices import InvoiceKind
from orders.models import InvoiceLine
from tenancy.scope import tenant_scope
from values.sql import load

# more would fill the disk with rows that are taken back, and tell nothing else
LAYERS = 400_000


def measure(bench: Bench) -> list[Result]:
    at = dt.datetime.combine(bench.world.today, dt.time(20), dt.UTC)
    with tenant_scope(bench.tenant.pk):
        partners = some_partners()
        catch_up_sell_in(at=at, partner_ids=partners)
        execute("layers_refill", tenant=bench.tenant.pk, partners=partners)
        statements.start_staging()
        lines = execute("layers_demand", tenant=bench.tenant.pk, partners=partners)
        statements.analyze_staging()
        value = seconds(lambda: statements.rows("consume_layers", at=at))
        pieces = execute("layers_pieces", tenant=bench.tenant.pk)
        limit = seconds(lambda: bare(bench.tenant.pk, partners))
        transaction.set_rollback(True)
    note = (
        f"{lines:,} lines take {pieces:,} pieces of layers; limit: both sides scanned and summed, the rows written bare"
    )
    return [Result("layers", value, "s", limit, at_most(1.5), note)]


def some_partners() -> list[int]:
    """Whole partners, whose invoices have at most as many lines as are wanted, or the smallest one."""
    lines = InvoiceLine.objects.filter(invoice__kind=InvoiceKind.INVOICE).values("invoice__sell_to_id")
    sizes = list(lines.annotate(lines=Count("pk")).order_by("lines").values_list("invoice__sell_to_id", "lines"))
    found, so_far = [], 0
    for partner_id, count in reversed(sizes):
        if so_far + count <= LAYERS:
            found.append(partner_id)
            so_far += count
    return found or [partner_id for partner_id, _count in sizes[:1]]


def bare(tenant_id: int, partners: list[int]) -> None:
    fetch(load("oms.bench", "layers_scan"), {"tenant": tenant_id, "partners": partners})
    execute("layers_insert")
    execute("layers_update", tenant=tenant_id)


def execute(name: str, **values: object) -> int:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(load("oms.bench", name), values)
        return cursor.rowcount
