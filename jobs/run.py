"""One attempt at one job, from the claim to the result."""

import datetime as dt
import logging
from collections.abc import Callable

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from jobs.actions.claim_job import claim_job
from jobs.actions.fail_job import fail_job
from jobs.actions.finish_job import finish_job
from jobs.handle import Claim, GiveUp, JobHandle, LostLease
from jobs.keeper import LeaseKeeper
from jobs.kinds import handler_for
from jobs.progress import Progress
from tenancy.scope import tenant_scope

Clock = Callable[[], dt.datetime]

log = logging.getLogger(__name__)


def run(tenant_id: int, job_id: int, clock: Clock = timezone.now) -> bool:
    """Do the job if it is free. True when this call finished it.

    The handler's writes and `done` commit together, so a worker that dies at any point leaves nothing half done; a
    message delivered twice, or a worker believed dead, finds the job taken.
    """
    lease = dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)
    with tenant_scope(tenant_id):
        claim = claim_job(job_id=job_id, at=clock(), lease=lease)
    if claim is None:
        return False
    try:
        with LeaseKeeper(claim, lease, clock) as keeper:
            perform(claim, keeper.report, clock, before_done=keeper.stop)
    except LostLease as error:
        log.warning("%s; its writes were rolled back", error)
        return False
    except GiveUp as error:
        log.warning("job %s (%s) gave up: %s", claim.id, claim.kind, error)
        note_failure(claim, str(error), clock, is_final=True)
        return False
    except Exception as error:
        log.exception("job %s (%s), attempt %s failed", claim.id, claim.kind, claim.attempt)
        note_failure(claim, words(error), clock, is_final=False)
        return False
    return True


def perform(claim: Claim, report: Progress, clock: Clock, before_done: Callable[[], None] = lambda: None) -> None:
    """The handler and the mark that it is done, in one transaction and in the scope of whoever asked."""
    handle = JobHandle(**vars(claim), report=report)
    with tenant_scope(claim.tenant_id, party_id=claim.party_id, member_id=claim.requested_by_id):
        result = handler_for(claim.kind)(handle)
        before_done()
        finish_job(claim=claim, result=result, at=clock())


def note_failure(claim: Claim, error: str, clock: Clock, *, is_final: bool) -> None:
    """When even this cannot be written the lease runs out, and the poller sends the job again."""
    wait = dt.timedelta(seconds=settings.JOB_BACKOFF_SECONDS)
    try:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        with tenant_scope(claim.tenant_id):
            fail_job(claim=claim, error=error, at=clock(), first_wait=wait, is_final=is_final)
    except DatabaseError as problem:
        connection.close()
        log.warning("the failure of job %s could not be noted: %s", claim.id, problem)


def words(error: Exception) -> str:
    """What the person who asked reads."""
    if isinstance(error, SoftTimeLimitExceeded):
        return "It took longer than a job may take, and was stopped."
    return f"{type(error).__name__}: {error}"
