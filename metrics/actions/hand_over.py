from datetime import datetime

from jobs import mailing
from jobs.choices import MailState
from jobs.mailing import ON_ITS_WAY
from metrics.mailing.letter import message_of
from metrics.mailing.recipients import is_open_to
from metrics.models import ReportDelivery

MAIL = "report_mail"


def request_try(delivery: ReportDelivery, *, at: datetime, due_at: datetime) -> None:
    mailing.request_try(delivery, kind=MAIL, payload={"delivery": delivery.pk}, at=at, due_at=due_at)


def hand_over(*, delivery_id: int, at: datetime) -> ReportDelivery:
    """Give the mail to the mail server, once. A refusal is tried again later, and shown in the log."""
    found = ReportDelivery.objects.select_for_update(of=("self",))
    delivery = found.select_related("subscription__member__user", "pdf", "xlsx").get(pk=delivery_id)
    if delivery.state not in ON_ITS_WAY:
        return delivery
    if not delivery.subscription.is_active or not is_open_to(delivery.subscription):
        delivery.state, delivery.error = MailState.DROPPED, "The subscription was stopped before."
    else:
        mailing.attempt(
            delivery,
            message_of(delivery),
            at=at,
            again=lambda due_at: request_try(delivery, at=at, due_at=due_at),
        )
    delivery.save()
    return delivery
