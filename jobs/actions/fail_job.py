import datetime as dt

from jobs.actions.finish_job import held
from jobs.choices import JobState
from jobs.engine import backoff
from jobs.handle import Claim

MAX_ERROR_CHARACTERS = 2_000


def fail_job(
    *, claim: Claim, error: str, at: dt.datetime, first_wait: dt.timedelta, is_final: bool = False
) -> JobState | None:
    """Note a failed attempt: due again after a wait, or failed for good. None when another worker owns the job."""
    over = is_final or claim.attempt >= claim.max_attempts
    state = JobState.FAILED if over else JobState.QUEUED
    updated = held(claim).update(
        state=state,
        error=error[:MAX_ERROR_CHARACTERS],
        due_at=at if over else at + backoff(claim.attempt, first_wait),
        finished_at=at if over else None,
        lease_until=None,
    )
    return state if updated else None
