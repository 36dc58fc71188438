from celery import shared_task

from jobs.nudge import TASK
from jobs.run import run


@shared_task(name=TASK)
def run_job(tenant_id: int, job_id: int) -> None:
    """What a nudge starts. Without a tenant there is no scope to read the job in."""
    run(tenant_id, job_id)
