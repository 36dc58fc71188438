"""The liability as of any day, against one scan that sums the ledger by the same keys.

Of what the demo's partners sell only a part is claimed, so the ledger is filled up once, set by set: for each of so
many lines of point of sale an accrual, an approval for most of them, a settlement for many of these. The database keeps
them for the next run.
"""

import datetime as dt
from statistics import median
from typing import Any

from django.db import connections, transaction

from channel_inventory.models import LiabilityLedger
from channel_inventory.reports.rebate_liability import Question, period_start, rebate_liability
from channel_inventory.reports.rebate_liability import query as report_query
from oms.bench.bench import Bench
from oms.bench.clock import medians, seconds
from oms.bench.result import Result, at_most
from oms.bench.statements import fetch_limit, in_one_process
from oms.demo.filling import unindexed
from orders.models import Order
from tenancy.scope import tenant_scope
from values.sql import load

# six lines of point of sale an order: three million on `large`
LINES_PER_ORDER = 6
DAYS_BACK = (0, 45, 200, 400)
FIRST_KEY = "accrue:b1"
FILLED = ("channel_inventory_liabilityledger",)


def measure(bench: Bench) -> list[Result]:
    lines = fill(bench)
    with tenant_scope(bench.tenant.pk):
        in_one_process()
        days = [bench.world.today - dt.timedelta(days=back) for back in DAYS_BACK]
        times = bench.fewer(5)
        pairs = [measured(bench, day, times) for day in days]
        whole = median(seconds(lambda: rebate_liability(bench.tenant, question(bench, days[0]))) for _ in range(times))
        rows = LiabilityLedger.objects.count()
    value, limit = max(pairs, key=lambda pair: pair[0] / pair[1])
    counted = f"{lines:,} lines, {rows:,} ledger rows, worst of {len(days)} days"
    note = f"{counted}; limit: one scan that sums by the same keys"
    bench.say(f"  the whole report with its names, views and checks: {whole:.2f} s")
    return [Result("liability", value, "s", limit, at_most(3), note)]


def measured(bench: Bench, day: dt.date, times: int) -> tuple[float, float]:
    """Median seconds of the report's statement, and of the plain sums, up to the same day."""
    asked = question(bench, day)
    value, limit = medians(
        lambda: report_query.keys(bench.tenant, asked),
        lambda: fetch_limit("liability_by_key", as_of=day),
        times=times,
        warm_up=1,
    )
    return value, limit


def question(bench: Bench, day: dt.date) -> Question:
    return Question(period_start(bench.tenant, day), day)


def fill(bench: Bench) -> int:
    """The number of lines of point of sale; written, in a transaction of its own, when there is none yet."""
    with tenant_scope(bench.tenant.pk):
        lines = Order.objects.count() * LINES_PER_ORDER
        is_filled = LiabilityLedger.objects.filter(source_key=FIRST_KEY).exists()
    if not is_filled:
        bench.say("  Filling the liability ledger …")
        write(bench, lines)
    return lines


def write(bench: Bench, lines: int) -> None:
    """As the owner, with indexes and keys built afterwards: several times faster."""
    values: dict[str, Any] = {"tenant": bench.tenant.pk, "lines": lines, "today": bench.world.today}
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor, unindexed(cursor, FILLED, bench.say):
        for name in ("fill_claim_credits", "fill_liability"):
            cursor.execute(load("oms.bench", name), values)
    with owner.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) channel_inventory_liabilityledger")
