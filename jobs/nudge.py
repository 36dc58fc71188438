"""A message to the workers that a job is due. It may get lost: the row is the truth."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError as BrokerError

TASK = "jobs.run_job"

log = logging.getLogger(__name__)


def send(tenant_id: int, job_id: int) -> None:
    """Raises BrokerError when the broker cannot be reached.

    Without limits of time, since Celery would write the sender's own into the message: those of the worker hold.
    """
    current_app.send_task(TASK, args=[tenant_id, job_id], retry=False, time_limit=None, soft_time_limit=None)


def nudge(tenant_id: int, job_id: int) -> bool:
    """Send, and be content with a line in the log when that fails."""
    try:
        send(tenant_id, job_id)
    except (BrokerError, RuntimeError) as error:  # kombu says RuntimeError of a pool that was closed under us
        log.warning(
            "job %s of tenant %s waits for the poller, the broker does not answer: %s", job_id, tenant_id, error
        )
        return False
    return True
