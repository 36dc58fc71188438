"""On-time delivery of every schedule there is, on all three bases and by sell-to, against one scan that counts them."""

import datetime as dt
from statistics import median

from metrics.reports.delivery_performance.query import Deliveries, Filters
from metrics.statements import prepare_session
from oms.bench.bench import Bench
from oms.bench.clock import seconds
from oms.bench.result import Result, at_most
from oms.bench.statements import fetch, fetch_limit, in_one_process
from tenancy.scope import tenant_scope

# the story is three years long, and promises reach a year ahead of it
BACK, AHEAD = dt.timedelta(days=4 * 365), dt.timedelta(days=365)
EVERYBODY: Filters = {"sell_tos": None, "end_buyers": None, "products": None, "sites": None}


def measure(bench: Bench) -> list[Result]:
    with tenant_scope(bench.tenant.pk):
        in_one_process()
        prepare_session()
        schedules = fetch("SELECT count(*) FROM orders_schedule WHERE tenant_id = %s", (bench.tenant.pk,))[0][0]
        taken = [round_of(bench) for _ in range(1 + bench.fewer(5))][1:]
    report, scan = (median(found) for found in zip(*taken, strict=True))
    note = f"{schedules:,} schedules, three bases, by sell-to; limit: one scan that counts them by sell-to"
    return [Result("delivery", report, "s", scan, at_most(2.5), note)]


def round_of(bench: Bench) -> tuple[float, float]:
    """Seconds of the figures, calendars included, and of the scan."""
    today = bench.world.today
    first, last = today - BACK, today + AHEAD

    def work() -> None:
        Deliveries(today, first, last, EVERYBODY).sums(["sell_to"], first, [first])

    return seconds(work), seconds(lambda: fetch_limit("delivery_counts"))
