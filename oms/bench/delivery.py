"""On-time delivery of every schedule there is, on all three bases and by sell-to, against one scan that counts them.

What is settled stands in the outcomes, which nights keep. What they cost is told beside it: all of them made anew, and
a night after one day of news.
"""

import datetime as dt
from statistics import median

from django.db import transaction

from metrics.actions.settle_deliveries import make_outcomes, settle_deliveries, touched_orders
from metrics.reports.delivery_performance.query import Deliveries, Filters
from metrics.snapshots.delivery_coverage import delivery_coverage
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
        if delivery_coverage().run is None:
            midnight = dt.datetime.combine(bench.world.today + dt.timedelta(days=1), dt.time(0), bench.tenant.zone)
            settle_deliveries(night=bench.world.today, at=midnight)
        schedules, live = counted(bench)
        taken = [round_of(bench) for _ in range(1 + bench.fewer(5))][1:]
        tell_nights(bench)
    report, scan = (median(found) for found in zip(*taken, strict=True))
    note = f"{schedules:,} schedules, {live:,} of them not settled, three bases, by sell-to; limit: one scan"
    return [Result("delivery", report, "s", scan, at_most(2.5), f"{note} that counts them by sell-to")]


def counted(bench: Bench) -> tuple[int, int]:
    """Schedules with an outcome, and those of them that are classed live as of the last day of the story."""
    statement = "SELECT count(*), count(*) FILTER (WHERE settled_on > %s) FROM metrics_deliveryoutcome"
    found = fetch(f"{statement} WHERE tenant_id = %s", (bench.world.today, bench.tenant.pk))
    return found[0][0], found[0][1]


def round_of(bench: Bench) -> tuple[float, float]:
    """Seconds of the figures, calendars included, and of the scan."""
    today = bench.world.today
    first, last = today - BACK, today + AHEAD
    report = seconds(lambda: Deliveries(today, first, last, EVERYBODY).sums(["sell_to"]))
    return report, seconds(lambda: fetch_limit("delivery_counts"))


def tell_nights(bench: Bench) -> None:
    """Both leave the outcomes as they were."""
    day = dt.datetime.combine(bench.world.today, dt.time(0), bench.tenant.zone)
    with transaction.atomic():
        orders = touched_orders(day)
        night = seconds(lambda: make_outcomes(orders))
        everything = seconds(lambda: make_outcomes(None))
        transaction.set_rollback(True)
    bench.say(f"  outcomes: all in {everything:.1f} s; a night with news of {len(orders):,} orders in {night:.2f} s")
