import datetime as dt
from dataclasses import dataclass

from jobs.actions.finish_job import held
from jobs.handle import Claim, LostLease


@dataclass(frozen=True)
class Reached:
    """How far a job is: as `jobs.progress` tells it."""

    done: int
    total: int | None
    note: str


def extend_lease(*, claim: Claim, at: dt.datetime, lease: dt.timedelta, progress: Reached | None) -> None:
    """Say that the worker lives, and how far it is. Raises LostLease when another worker has taken over."""
    values = {} if progress is None else _columns(progress)
    if not held(claim).update(lease_until=at + lease, **values):
        raise LostLease(f"Job {claim.id}: attempt {claim.attempt} was taken over")


def _columns(progress: Reached) -> dict[str, object]:
    return {
        "progress_done": progress.done,
        "progress_total": progress.total,
        "progress_note": progress.note[:200],
    }
