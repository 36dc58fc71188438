from celery import shared_task
from django.utils import timezone

from metrics.actions.request_deliveries import request_deliveries
from metrics.actions.request_nights import request_nights


@shared_task(name="metrics.request_nights")
def request_due_nights() -> None:
    """The clock's tick: every tenant whose local night has come gets its nightly job, once."""
    request_nights(at=timezone.now())


@shared_task(name="metrics.request_deliveries")
def request_due_deliveries() -> None:
    """The clock's tick: every mail that is due at its tenant's local time is asked for, once."""
    request_deliveries(at=timezone.now())
