import datetime as dt
import json
from typing import Any

from django.db import connection
from django.db.models import F

from jobs.choices import JobState
from jobs.handle import Claim
from jobs.models import JobRequest
from tenancy.scope import current_tenant_id
from values.sql import load

DIED = "The worker ended in the middle of every attempt. The service log says why."


def claim_job(*, job_id: int, at: dt.datetime, lease: dt.timedelta) -> Claim | None:
    """Take the job for one attempt; None when it is done, not due, or another worker has it.

    A job whose workers died in all its attempts fails here: nobody else can tell.
    """
    _fail_when_worn_out(job_id, at)
    tenant_id = current_tenant_id()
    values: dict[str, Any] = {"tenant_id": tenant_id, "job_id": job_id, "at": at, "lease_until": at + lease}
    with connection.cursor() as cursor:
        cursor.execute(load("jobs", "claim_job"), values)
        row = cursor.fetchone()
    if row is None:
        return None
    kind, payload, requested_by_id, party_id, attempt, max_attempts = row
    payload = json.loads(payload) if isinstance(payload, str) else payload
    return Claim(job_id, tenant_id, kind, payload, requested_by_id, party_id, attempt, max_attempts, at)


def _fail_when_worn_out(job_id: int, at: dt.datetime) -> None:
    worn_out = JobRequest.objects.due(at).filter(pk=job_id, state=JobState.RUNNING, attempts__gte=F("max_attempts"))
    worn_out.update(state=JobState.FAILED, error=DIED, finished_at=at, lease_until=None)
