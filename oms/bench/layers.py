"""First in, first out for whatever takes units from partners, against the same rows summed and written barely.

What the world's invoices brought to partners becomes layers through the action; as many lines then take nine tenths of
the units. The limit scans and sums both sides by partner and product, and inserts and updates the rows that the
statement found, ready made. Everything is rolled back.
"""

import datetime as dt
from statistics import median

from django.db import transaction

from channel_inventory import statements
from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from oms.bench.bench import Bench
from oms.bench.clock import Run, seconds
from oms.bench.result import Result, at_most
from oms.bench.statements import fetch
from tenancy.scope import tenant_scope
from values.sql import load


def measure(bench: Bench) -> list[Result]:
    at = dt.datetime.combine(bench.world.today, dt.time(20), dt.UTC)
    with tenant_scope(bench.tenant.pk):
        catch_up_sell_in(at=at)
        statements.start_staging()
        lines = execute("layers_demand", tenant=bench.tenant.pk)
        statements.analyze_staging()
        times = range(1 + bench.fewer(5))
        taken = [undone(lambda: statements.rows("consume_layers", at=at)) for _ in times]
        statements.rows("consume_layers", at=at)
        pieces = execute("layers_pieces", tenant=bench.tenant.pk)
        barely = [undone(lambda: bare(bench.tenant.pk)) for _ in times]
        transaction.set_rollback(True)
    value, limit = median(taken[1:]), median(barely[1:])
    note = (
        f"{lines:,} lines take {pieces:,} pieces of layers; limit: both sides scanned and summed, the rows written bare"
    )
    return [Result("layers", value, "s", limit, at_most(1.5), note)]


def bare(tenant_id: int) -> None:
    fetch(load("oms.bench", "layers_scan"), {"tenant": tenant_id})
    execute("layers_insert")
    execute("layers_update", tenant=tenant_id)


def undone(work: Run) -> float:
    with transaction.atomic():
        taken = seconds(work)
        transaction.set_rollback(True)
    return taken


def execute(name: str, **values: object) -> int:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(load("oms.bench", name), values)
        return cursor.rowcount
