"""The flows and positions of one business day, against the index scan of that day's ledger rows.

Each round forgets the day, makes it anew and rolls back, so that the snapshot stays as it was.
"""

from datetime import datetime
from statistics import median

from django.db import transaction
from django.utils import timezone

from metrics.actions.run_nightly import make_days, make_everything
from metrics.models import DailyFlow
from metrics.statements import prepare_session
from oms.bench.bench import Bench
from oms.bench.clock import seconds
from oms.bench.result import Result, at_most
from oms.bench.statements import fetch_limit
from tenancy.scope import tenant_scope
from values.sql import load

ROUNDS = 2


def measure(bench: Bench) -> list[Result]:
    """The last day of the story: a night has nothing after it."""
    day, through = bench.world.today, timezone.now()
    with tenant_scope(bench.tenant.pk):
        prepare_session()
        if not DailyFlow.objects.exists():
            make_everything(through)
        rows = fetch_limit("ledger_of_day", day=day)[0][0]
        taken = [round_of(bench, through) for _ in range(ROUNDS + bench.fewer(3))][ROUNDS:]
    night, scan = (median(found) for found in zip(*taken, strict=True))
    note = f"flows and positions of one day, {rows:,} ledger rows; limit: index scan of that day"
    return [Result("nightly_day", night * 1000, "ms", scan * 1000, at_most(80), note)]


def round_of(bench: Bench, through: datetime) -> tuple[float, float]:
    """Seconds of the night and of the scan."""
    day = bench.world.today
    with transaction.atomic():
        for name in ("forget_flows", "forget_positions", "reopen_positions"):
            forget(name, bench)
        night = seconds(lambda: make_days([day], through))
        scan = seconds(lambda: fetch_limit("ledger_of_day", day=day))
        transaction.set_rollback(True)
    return night, scan


def forget(name: str, bench: Bench) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(load("oms.bench", name), {"tenant": bench.tenant.pk, "day": bench.world.today})
