"""Request dates of 100,000 schedules moved in one batch, against the bare UPDATE and INSERT of the same rows.

The same rows are the schedules, their ledger rows, and the lines and orders whose versions rise: whoever edits one of
them meanwhile must see the conflict. Both check the rows' keys and are rolled back. The action also judges each
change, locks the orders and reads their other schedules for the dates that the list of orders shows.
"""

import datetime as dt
from statistics import median

from django.db import transaction

from oms.bench.bench import Bench
from oms.bench.clock import Run, seconds
from oms.bench.result import Result, at_most
from oms.bench.statements import fetch
from orders.actions.change_dates import DateChange, move_requests
from orders.actions.context import Because, Occasion
from tenancy.scope import check_deferred_constraints, tenant_scope
from values.sql import load

SCHEDULES = 100_000
COLUMNS = "order_id, line_id, schedule_id, line_version, from_date, to_date"


class NotMoved(RuntimeError):
    """A change was refused: fewer rows would be compared with all."""


def measure(bench: Bench) -> list[Result]:
    at = dt.datetime.combine(bench.world.today, dt.time(20), dt.UTC)
    occasion = Occasion(None, at, bench.world.today, Because(reason_code="capacity"))
    with tenant_scope(bench.tenant.pk):
        values = {"tenant": bench.tenant.pk, "day": bench.world.today, "at": at, "count": SCHEDULES}
        execute("redate_rows", **values)
        run("ANALYZE bench_redate")
        changes = [DateChange(*row) for row in fetch(f"SELECT {COLUMNS} FROM bench_redate ORDER BY schedule_id")]  # noqa: S608  a constant
        rounds = [
            (undone(lambda: moved(changes, occasion)), undone(lambda: bare(bench.tenant.pk)))
            for _ in range(1 + bench.fewer(5))
        ]
    batch, limit = (median(found) for found in zip(*rounds[1:], strict=True))
    note = f"{len(changes):,} schedules of {len({each.order_id for each in changes}):,} orders in one batch; limit: "
    return [Result("redate", batch, "s", limit, at_most(2), note + "bare UPDATE + INSERT of the same rows")]


def moved(changes: list[DateChange], occasion: Occasion) -> None:
    outcomes = move_requests(changes=changes, occasion=occasion)
    refused = [each.refusal for each in outcomes if not each.is_done]
    if refused:
        raise NotMoved(f"{len(refused)} of {len(outcomes)} were not moved: {refused[0]}")


def bare(tenant_id: int) -> None:
    for part in ("redate_update", "redate_insert", "redate_lines", "redate_orders"):
        execute(part, tenant=tenant_id)


def undone(work: Run) -> float:
    """Seconds of the work with the checks that a commit would wait for; nothing of it stays."""
    with transaction.atomic():
        taken = seconds(work) + seconds(check_deferred_constraints)
        transaction.set_rollback(True)
    return taken


def execute(name: str, **values: object) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(load("oms.bench", name), values)


def run(statement: str) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(statement)
