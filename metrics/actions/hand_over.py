from datetime import datetime, timedelta
from smtplib import SMTPException

from jobs.actions.request_job import request_job
from jobs.engine import backoff
from metrics.choices import DeliveryState
from metrics.models import ReportDelivery
from metrics.recipients import is_open_to
from metrics.report_mail import message_of

MAIL = "report_mail"
MAX_TRIES = 6
FIRST_WAIT = timedelta(minutes=2)


def request_try(delivery: ReportDelivery, *, at: datetime, due_at: datetime) -> None:
    """Ask for one try at the mail server.

    A try is never repeated by itself: when the worker is killed in the middle of it nobody knows whether the mail has
    gone out, and two are worse than one that a person sends again.
    """
    delivery.tries += 1
    delivery.job = request_job(
        kind=MAIL,
        unique_key=f"{delivery.pk} try {delivery.tries}",
        payload={"delivery": delivery.pk},
        by=None,
        at=at,
        due_at=due_at,
        max_attempts=1,
    )
    delivery.save(update_fields=["tries", "job"])


def hand_over(*, delivery_id: int, at: datetime) -> ReportDelivery:
    """Give the mail to the mail server, once. A refusal is tried again later, and shown in the log."""
    found = ReportDelivery.objects.select_for_update(of=("self",))
    delivery = found.select_related("subscription__member__user", "pdf", "xlsx").get(pk=delivery_id)
    if delivery.state not in (DeliveryState.READY, DeliveryState.RETRYING):
        return delivery
    if not delivery.subscription.is_active or not is_open_to(delivery.subscription):
        delivery.state, delivery.error = DeliveryState.DROPPED, "The subscription was stopped before."
    else:
        attempt(delivery, at)
    delivery.save()
    return delivery


def attempt(delivery: ReportDelivery, at: datetime) -> None:
    try:
        message_of(delivery).send()
    except (SMTPException, OSError) as error:
        delivery.error = f"{type(error).__name__}: {error}"[:400]
        if delivery.tries >= MAX_TRIES:
            delivery.state = DeliveryState.FAILED
            return
        delivery.state = DeliveryState.RETRYING
        request_try(delivery, at=at, due_at=at + backoff(delivery.tries, FIRST_WAIT))
    else:
        delivery.state, delivery.sent_at, delivery.error = DeliveryState.SENT, at, ""
