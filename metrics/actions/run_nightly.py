import logging
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jobs.progress import Progress, no_progress
from metrics import statements
from metrics.actions.make_flows import FlowCounts, drop_flows, make_flows, rebuild_flows
from metrics.actions.make_positions import drop_positions, make_positions, rebuild_positions
from metrics.actions.reconcile import Reconciliation, reconcile
from metrics.choices import RunKind
from metrics.models import SnapshotRun
from metrics.snapshots.days import all_days, months_of
from metrics.snapshots.watermark import OVERLAP, is_in_pieces, newest_run

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Made:
    days: list[date]
    flows: FlowCounts
    positions: int


def run_nightly(
    *, night: date, at: datetime, job_id: int | None = None, progress: Progress = no_progress
) -> SnapshotRun:
    """Bring the snapshot up to `at` and record how it reconciles at the close of `night`.

    Runs in the caller's transaction and scope, one at a time per tenant. Whole business days are made anew for which
    the ledger recorded anything since the last run (with an overlap), whatever their date; the first run makes them
    all. When the result does not reconcile, every day is compared with the ledger and mended; what is left then is
    recorded as a difference and never hidden.
    """
    began = time.perf_counter()
    statements.wait_for_other_runs()
    last = None if is_in_pieces() else newest_run()
    through = at if last is None else max(at, last.recorded_through)
    if last is None:
        made = make_everything(through, progress)
    else:
        made = make_days(touched_days(last.recorded_through - OVERLAP, through), through)
    progress(1, 2, "Reconciling")
    result = reconcile(night=night, through=through)
    if not result.is_reconciled:
        made, result = mend(made, night, through)
    progress(2, 2, "Reconciled" if result.is_reconciled else "Does not reconcile")
    return SnapshotRun.objects.create(
        kind=RunKind.NIGHTLY,
        night=night,
        job_id=job_id,
        started_at=at,
        finished_at=at + timedelta(seconds=time.perf_counter() - began),
        recorded_through=through,
        days=[day.isoformat() for day in made.days],
        ledger_rows=made.flows.ledger_rows,
        flow_rows=made.flows.flow_rows,
        position_rows=made.positions,
        reconciliation=result.as_json(),
        is_reconciled=result.is_reconciled,
    )


def touched_days(since: datetime, through: datetime) -> list[date]:
    return [row["business_date"] for row in statements.rows("touched_days", since=since, through=through)]


def make_days(days: list[date], through: datetime) -> Made:
    """These business days anew, and the positions from there on of the keys that changed."""
    if not days:
        return Made([], FlowCounts(), 0)
    flows = make_flows(days=days, through=through)
    return Made(days, flows, make_positions())


def make_everything(through: datetime, progress: Progress = no_progress) -> Made:
    """All days, month by month, and all positions: the first run, or one after a rebuild that did not end."""
    days, flows = all_days(), FlowCounts()
    months = months_of(days)
    drop_flows()
    drop_positions()
    for number, month in enumerate(months):
        progress(number, len(months) + 1, f"Flows of {month[0]:%B %Y}")
        flows += rebuild_flows(days=month, through=through)
    progress(len(months), len(months) + 1, "Positions")
    made = Made(days, flows, rebuild_positions())
    statements.analyze_snapshot()
    return made


def mend(made: Made, night: date, through: datetime) -> tuple[Made, Reconciliation]:
    """Look at every day instead of the touched ones, then at every position."""
    differing = statements.rows("unequal_days", through=through, verbs=statements.flow_verbs())
    days = [row["day"] for row in differing]
    log.warning("the snapshot did not reconcile at %s; %s days differ from the ledger", night, len(days))
    again = make_days(days, through)
    result = reconcile(night=night, through=through)
    positions = again.positions
    if not result.is_reconciled:
        drop_positions()
        positions = rebuild_positions()
        result = reconcile(night=night, through=through)
    if not result.is_reconciled:
        log.error("the snapshot of %s does not reconcile: %s", night, result.as_json())
    everything = Made(sorted({*made.days, *days}), made.flows + again.flows, made.positions + positions)
    return everything, result
