import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from django.db import connection

from metrics import statements
from metrics.actions.make_flows import FlowCounts, drop_flows, rebuild_flows
from metrics.actions.make_positions import drop_positions, rebuild_positions
from metrics.actions.reconcile import reconcile
from metrics.choices import RunKind
from metrics.models import SnapshotRun
from metrics.snapshots.days import all_days, months_of
from tenancy.scope import tenant_scope

Work = TypeVar("Work")
Answer = TypeVar("Answer")


def rebuild_snapshots(*, tenant_id: int, night: date, at: datetime, workers: int = 1) -> SnapshotRun:
    """Make every flow and position anew, months and parts of the products in `workers` parallel sessions.

    Opens transactions of its own, so it is called outside any. While it lasts readers use the ledger; when it breaks
    off, the next run makes everything anew.
    """
    began = time.perf_counter()
    with alone(tenant_id):
        with tenant_scope(tenant_id):
            days = all_days()
            run = SnapshotRun.objects.create(
                kind=RunKind.REBUILD,
                night=night,
                started_at=at,
                recorded_through=at,
                days=[day.isoformat() for day in days],
            )
            drop_flows()
            drop_positions()
        parts = range(workers)
        with ThreadPoolExecutor(max_workers=workers) as pool:
            flow = partial(in_own_session, tenant_id, partial(flows_of, through=at))
            position = partial(in_own_session, tenant_id, partial(positions_of, parts=workers))
            flows: Iterable[FlowCounts] = pool.map(flow, months_of(days))
            counted = sum(flows, FlowCounts())
            positions = sum(pool.map(position, parts))
        with tenant_scope(tenant_id):
            statements.analyze_snapshot()
        with tenant_scope(tenant_id):
            result = reconcile(night=night, through=at)
            run.finished_at = at + timedelta(seconds=time.perf_counter() - began)
            run.ledger_rows, run.flow_rows, run.position_rows = counted.ledger_rows, counted.flow_rows, positions
            run.reconciliation, run.is_reconciled = result.as_json(), result.is_reconciled
            run.save()
    return run


def flows_of(days: list[date], *, through: datetime) -> FlowCounts:
    return rebuild_flows(days=days, through=through)


def positions_of(part: int, *, parts: int) -> int:
    return rebuild_positions(part=part, parts=parts)


def in_own_session(tenant_id: int, do: Callable[[Work], Answer], work: Work) -> Answer:
    """One piece of work in a transaction of its own; the thread's connection is closed behind it.

    Pieces that are lost leave the run unfinished, because the log is in order: what ends it comes after them.
    """
    try:
        with tenant_scope(tenant_id):
            statements.prepare_session()
            statements.commit_without_waiting()
            return do(work)
    finally:
        connection.close()


@contextmanager
def alone(tenant_id: int) -> Iterator[None]:
    """Hold the tenant's lock over several transactions; a run that wants it waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [statements.LOCK_SPACE, tenant_id])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [statements.LOCK_SPACE, tenant_id])
