import datetime as dt
from functools import partial

from django.db import transaction

from jobs.choices import JobState
from jobs.models import JobRequest
from jobs.nudge import nudge
from tenancy.scope import current_tenant_id


class NotFailed(Exception):
    """Only a job that has failed for good can be tried again."""


def retry_job(*, job_id: int, at: dt.datetime) -> JobRequest:
    """Queue a failed job anew, with all its attempts. Raises NotFailed."""
    job = JobRequest.objects.select_for_update().get(pk=job_id)
    if not job.has_failed:
        raise NotFailed(f"This job is {job.get_state_display().lower()}; only a failed one can be tried again.")
    job.state, job.attempts, job.due_at, job.error, job.finished_at = JobState.QUEUED, 0, at, "", None
    job.save(update_fields=["state", "attempts", "due_at", "error", "finished_at"])
    transaction.on_commit(partial(nudge, current_tenant_id(), job.id))
    return job
