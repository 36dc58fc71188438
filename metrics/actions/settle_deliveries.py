import time
from datetime import date, datetime, timedelta

from django.db import connection

from metrics import statements
from metrics.choices import RunKind
from metrics.models import DeliveryRun
from metrics.reports.delivery_performance.calendars import calendars_for
from metrics.snapshots.delivery_coverage import CALENDARS, delivery_coverage, places_up_to
from values.dates import EARLIEST, LATEST

# what stands in the column instead of a day while a schedule is not settled
NEVER = LATEST


def settle_deliveries(*, night: date, at: datetime, job_id: int | None = None, is_rebuild: bool = False) -> DeliveryRun:
    """Bring the outcomes of schedules up to `at`.

    Runs in the caller's transaction and scope, one at a time per tenant. Orders of which anything was recorded since
    the last run (with an overlap) are made anew as a whole; the first run, a rebuild, and one after a change of the
    holidays or of a place's country make all.
    """
    began = time.perf_counter()
    statements.wait_for_other_runs()
    covered = delivery_coverage()
    since = None if is_rebuild else covered.known_since
    orders = None if since is None else touched_orders(since)
    made = make_outcomes(orders)
    last_place = statements.row("delivery_countries", last_place=0)["last"]
    return DeliveryRun.objects.create(
        kind=RunKind.REBUILD if is_rebuild else RunKind.NIGHTLY,
        night=night,
        job_id=job_id,
        started_at=at,
        finished_at=at + timedelta(seconds=time.perf_counter() - began),
        recorded_through=max(at, covered.run.recorded_through) if covered.run else at,
        calendars=CALENDARS,
        last_place=last_place,
        places=places_up_to(last_place),
        orders=None if orders is None else len(orders),
        schedule_rows=made["made"],
        settled_rows=made["settled"],
    )


def touched_orders(since: datetime) -> list[int]:
    return [row["order_id"] for row in statements.rows("delivery_touched", since=since)]


def make_outcomes(orders: list[int] | None) -> statements.Row:
    """Those of these orders anew, or all; how many were made, and how many of them are settled."""
    nothing = {"made": 0, "settled": 0}
    if orders == []:
        return nothing
    statements.do("delivery_forget", orders=orders)
    span = statements.row("delivery_span")
    if span["first"] is None:
        return nothing
    calendars = calendars_for(span["first"], span["last"])
    made = statements.row("delivery_settle", orders=orders, never=NEVER, first=EARLIEST, last=LATEST, **calendars)
    if orders is None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE metrics_deliveryoutcome")
    return made
