from celery import shared_task
from django.utils import timezone

from jobs import tidying
from jobs.nudge import TASK
from jobs.run import run


@shared_task(name=TASK)
def run_job(tenant_id: int, job_id: int) -> None:
    """What a nudge starts. Without a tenant there is no scope to read the job in."""
    run(tenant_id, job_id)


@shared_task(name="jobs.tidy")
def tidy() -> None:
    tidying.tidy(timezone.now())
