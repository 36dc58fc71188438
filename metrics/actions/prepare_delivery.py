from datetime import datetime
from typing import Any

from jobs.choices import MailState
from jobs.files import store_file
from jobs.models import GeneratedFile
from jobs.progress import Progress
from metrics.actions.hand_over import request_try
from metrics.asked import Asked
from metrics.catalogue import CONTENT_TYPES, report_called
from metrics.mailing.letter import body_of
from metrics.mailing.recipients import asked_for, is_open_to
from metrics.models import ReportDelivery
from metrics.reports.bookings_billings_backlog import DoesNotFoot
from metrics.reports.question import BadQuestion
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id


def prepare_delivery(*, delivery_id: int, at: datetime, job_id: int, progress: Progress) -> ReportDelivery:
    """Draw the files of a mail and write its text; sending it is a job of its own.

    Nothing leaves the house here, so this may be done again after a kill. Figures that do not foot are not sent.
    """
    delivery = ReportDelivery.objects.select_related("subscription__member__user", "subscription__party").get(
        pk=delivery_id
    )
    if delivery.state != MailState.WAITING:
        return delivery
    if not delivery.subscription.is_active or not is_open_to(delivery.subscription):
        return settle(delivery, MailState.DROPPED, "The subscription was stopped before.")
    tenant = Tenant.objects.get(pk=current_tenant_id())
    try:
        draw(tenant, delivery, asked_for(tenant, delivery), at, job_id, progress)
    except (BadQuestion, DoesNotFoot) as error:
        return settle(delivery, MailState.FAILED, str(error))
    delivery.state = MailState.READY
    delivery.save()
    request_try(delivery, at=at, due_at=at)
    return delivery


def draw(tenant: Tenant, delivery: ReportDelivery, asked: Asked, at: datetime, job_id: int, progress: Progress) -> None:
    subscription = delivery.subscription
    progress(0, 3, "Reading the figures")
    delivery.body = body_of(tenant, delivery, asked)
    progress(1, 3, "Drawing")
    if subscription.has_pdf:
        delivery.pdf = made("pdf", tenant, delivery, asked, at, job_id)
    progress(2, 3, "Writing the workbook")
    if subscription.has_xlsx:
        delivery.xlsx = made("xlsx", tenant, delivery, asked, at, job_id)


def made(
    ending: str, tenant: Tenant, delivery: ReportDelivery, asked: Asked, at: datetime, job_id: int
) -> GeneratedFile:
    entry = report_called(delivery.subscription.report)
    whose = f" {delivery.party.code}" if delivery.party else ""
    return store_file(
        entry.form(ending)(tenant, asked, at),
        kind=entry.name,
        name=f"{entry.title} {tenant.slug}{whose} {asked.as_of}.{ending}",
        content_type=CONTENT_TYPES[ending],
        right=entry.right,
        party_id=delivery.party_id,
        job_id=job_id,
    )


def settle(delivery: ReportDelivery, state: MailState, error: str) -> ReportDelivery:
    delivery.state, delivery.error = state, error[:400]
    delivery.save(update_fields=["state", "error"])
    return delivery


def result_of(delivery: ReportDelivery) -> dict[str, Any]:
    """For the job's page."""
    what = f"{delivery.subscription.name} to {delivery.address}, as of {delivery.as_of}"
    return {"summary": f"{delivery.get_state_display()}: {what}"}
