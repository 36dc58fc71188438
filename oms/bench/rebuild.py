"""All snapshots from the ledger, by one worker and by two, against one scan that adds the ledger up by day."""

from statistics import median

from django.db import connections
from django.utils import timezone

from metrics.actions.rebuild_snapshots import rebuild_snapshots
from metrics.models import BacklogPosition, DailyFlow
from oms.bench.bench import Bench
from oms.bench.clock import seconds
from oms.bench.result import Result, at_least, at_most
from oms.bench.statements import fetch_limit, in_one_process
from tenancy.scope import tenant_scope


def measure(bench: Bench) -> list[Result]:
    events, one, two, scan = rounds_of(bench)
    note = f"{events:,} ledger rows into flows and positions, 1 worker; limit: one scan that sums them by day"
    second = "ledger rows a second by 2 workers; limit: by 1"
    return [
        Result("rebuild", one, "s", scan, at_most(4), note),
        Result("rebuild_second_worker", events / two, "rows/s", events / one, at_least(1.7), second),
    ]


def rounds_of(bench: Bench) -> tuple[int, float, float, float]:
    """Ledger rows; seconds by one worker, by two, of the scan."""
    taken, events = [], 0
    for _ in range(bench.fewer(10)):
        one, two = (rebuilt_by(workers, bench) for workers in (1, 2))
        with tenant_scope(bench.tenant.pk):
            in_one_process()
            fetch_limit("ledger_by_day")
            scan = seconds(lambda: fetch_limit("ledger_by_day"))
            events = sum(row[1] for row in fetch_limit("ledger_by_day"))
        taken.append((one, two, scan))
    one, two, scan = (median(found) for found in zip(*taken, strict=True))
    return events, one, two, scan


def rebuilt_by(workers: int, bench: Bench) -> float:
    """Seconds from empty tables on; emptying them is not counted."""
    with connections["owner"].cursor() as cursor:
        for model in (DailyFlow, BacklogPosition):
            cursor.execute(f"TRUNCATE {model._meta.db_table}")
    return seconds(
        lambda: rebuild_snapshots(
            tenant_id=bench.tenant.pk, night=bench.world.today, at=timezone.now(), workers=workers
        )
    )
