from datetime import datetime

from jobs.actions.request_job import request_job
from jobs.choices import MailState
from jobs.mailing import NothingToSend, may_be_sent_again
from metrics.actions.hand_over import request_try
from metrics.actions.request_deliveries import PREPARE
from metrics.models import ReportDelivery


def send_again(*, delivery_id: int, at: datetime) -> ReportDelivery:
    """Try a mail anew that was not sent, or of which nobody knows. Raises NothingToSend."""
    delivery = ReportDelivery.objects.select_for_update(of=("self",)).select_related("job").get(pk=delivery_id)
    if not may_be_sent_again(delivery):
        raise NothingToSend
    delivery.error = ""
    if delivery.body:
        delivery.state = MailState.READY
        delivery.save(update_fields=["state", "error"])
        request_try(delivery, at=at, due_at=at)
        return delivery
    delivery.state = MailState.WAITING
    key = f"{delivery.pk} again {at.isoformat()}"
    delivery.job = request_job(kind=PREPARE, unique_key=key, payload={"delivery": delivery.pk}, by=None, at=at)
    delivery.save(update_fields=["state", "error", "job"])
    return delivery
