"""All snapshots from the ledger, by one worker and by two, against one scan that sums the ledger by day and key.

The scan makes as many groups as there are flows, which is most of what the ledger's rows can be summed to. Summing
them by day alone is told beside it: see docs/decisions/limit-of-a-rebuild.md.
"""

from dataclasses import dataclass
from statistics import median

from django.db import connections
from django.utils import timezone

from metrics.actions.rebuild_snapshots import rebuild_snapshots
from metrics.models import BacklogPosition, DailyFlow
from metrics.statements import flow_verbs, prepare_session
from oms.bench.bench import Bench
from oms.bench.clock import seconds
from oms.bench.result import Result, at_least, at_most
from oms.bench.statements import fetch_limit, in_one_process
from tenancy.scope import tenant_scope


@dataclass(frozen=True)
class Round:
    """Seconds: of a rebuild by one worker and by two, of the sums by day and key, and of those by day alone."""

    one: float
    two: float
    by_key: float
    by_day: float


def measure(bench: Bench) -> list[Result]:
    rounds = [round_of(bench) for _ in range(bench.fewer(10))]
    one, two, by_key, by_day = (
        median(getattr(each, name) for each in rounds) for name in ("one", "two", "by_key", "by_day")
    )
    events, flows = counted(bench)
    bench.say(f"  {events:,} ledger rows, {flows:,} flows; summed by day alone: {by_day:.2f} s, {one / by_day:.1f} ×")
    note = f"{events:,} ledger rows into flows and positions, 1 worker; limit: one scan that sums them by day and key"
    second = "ledger rows a second by 2 workers; limit: by 1"
    return [
        Result("rebuild", one, "s", by_key, at_most(4), f"{note} (by day alone: {by_day:.1f} s)"),
        Result("rebuild_second_worker", events / two, "rows/s", events / one, at_least(1.7), second),
    ]


def round_of(bench: Bench) -> Round:
    one, two = (rebuilt_by(workers, bench) for workers in (1, 2))
    with tenant_scope(bench.tenant.pk):
        in_one_process()
        prepare_session()
        fetch_limit("ledger_by_day")
        by_key = seconds(lambda: fetch_limit("ledger_by_key", verbs=flow_verbs()))
        by_day = seconds(lambda: fetch_limit("ledger_by_day"))
    return Round(one, two, by_key, by_day)


def counted(bench: Bench) -> tuple[int, int]:
    """Rows of the ledger and of the flows."""
    with tenant_scope(bench.tenant.pk):
        return sum(row[1] for row in fetch_limit("ledger_by_day")), DailyFlow.objects.count()


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
