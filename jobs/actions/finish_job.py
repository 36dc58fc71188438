import datetime as dt
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from jobs.choices import JobState
from jobs.handle import Claim, LostLease
from jobs.models import JobRequest
from jobs.querysets import JobQuerySet


def held(claim: Claim) -> JobQuerySet:
    """The job, as long as this attempt still owns it."""
    return JobRequest.objects.filter(pk=claim.id, state=JobState.RUNNING, attempts=claim.attempt)


def finish_job(*, claim: Claim, result: dict[str, Any], at: dt.datetime) -> None:
    """Mark the job done, in the transaction of the handler's writes. Raises LostLease when it was taken over."""
    finished = held(claim).update(
        state=JobState.DONE,
        result=result,
        error="",
        finished_at=at,
        lease_until=None,
        progress_done=Coalesce(F("progress_total"), F("progress_done")),
    )
    if not finished:
        raise LostLease(f"Job {claim.id}: attempt {claim.attempt} was taken over")
