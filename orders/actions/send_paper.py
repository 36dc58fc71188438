"""From a mail that was asked for to the mail server: print what it carries, then try, and again by hand."""

from collections.abc import Callable
from datetime import datetime

from jobs import mailing
from jobs.actions.request_job import request_job
from jobs.choices import MailState
from jobs.files import FileMissing
from jobs.mailing import ON_ITS_WAY, NothingToSend, may_be_sent_again
from jobs.models import GeneratedFile
from orders.actions.freeze_invoice import freeze_invoice
from orders.actions.mail_paper import PREPARE
from orders.actions.print_paper import print_acknowledgement, print_frozen_invoice
from orders.documents.mail import NoPaper, message_of
from orders.models import Acknowledgement, PaperMail
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id

MAIL = "document_mail"
WITH_PAPER = ("acknowledgement__file", "invoice__file", "file", "order", "asked_by__user")

Printer = Callable[[], GeneratedFile]


def prepare_paper_mail(
    *, mail_id: int, at: datetime, job_id: int | None, print_above: Printer | None = None
) -> PaperMail:
    """Print the paper if nobody has yet. Nothing leaves the house here, so this may be done again after a kill.

    `print_above` prints the paper of a floor above. Raises DoesNotFoot.
    """
    mail = locked(mail_id)
    if mail.state != MailState.WAITING:
        return mail
    if print_above is None:
        paper_file(mail, Tenant.objects.get(pk=current_tenant_id()), job_id)
    else:
        mail.file = print_above()
    mail.state = MailState.READY
    mail.save(update_fields=["state", "file"])
    request_try(mail, at=at, due_at=at)
    return mail


def paper_file(mail: PaperMail, tenant: Tenant, job_id: int | None) -> GeneratedFile:
    if mail.invoice is not None:
        return print_frozen_invoice(freeze_invoice(invoice_id=mail.invoice.pk), tenant, job_id)
    if mail.acknowledgement is None:
        raise NoPaper("There is nothing to send.")
    made = Acknowledgement.objects.select_for_update(of=("self",)).select_related("file", "order")
    return print_acknowledgement(made.get(pk=mail.acknowledgement.pk), tenant, job_id)


def send_paper_mail(*, mail_id: int, at: datetime) -> PaperMail:
    """Give the mail to the mail server, once. A refusal is tried again later, and shown on the order."""
    mail = locked(mail_id)
    if mail.state not in ON_ITS_WAY:
        return mail
    try:
        message = message_of(mail, Tenant.objects.get(pk=current_tenant_id()))
    except (NoPaper, FileMissing) as error:
        mail.state, mail.error = MailState.FAILED, str(error)
    else:
        mailing.attempt(mail, message, at=at, again=lambda due_at: request_try(mail, at=at, due_at=due_at))
    mail.save()
    return mail


def send_paper_again(*, mail_id: int, at: datetime) -> PaperMail:
    """Try a mail anew that was not sent, or of which nobody knows. Raises NothingToSend."""
    mail = locked(mail_id)
    if not may_be_sent_again(mail):
        raise NothingToSend
    mail.error = ""
    if mail.tries:
        mail.state = MailState.READY
        mail.save(update_fields=["state", "error"])
        request_try(mail, at=at, due_at=at)
        return mail
    mail.state = MailState.WAITING
    key = f"{mail.pk} again {at.isoformat()}"
    kind, payload = (mail.job.kind, mail.job.payload) if mail.job else (PREPARE, {"mail": mail.pk})
    mail.job = request_job(kind=kind, unique_key=key, payload=payload, by=None, at=at)
    mail.save(update_fields=["state", "error", "job"])
    return mail


def request_try(mail: PaperMail, *, at: datetime, due_at: datetime) -> None:
    mailing.request_try(mail, kind=MAIL, payload={"mail": mail.pk}, at=at, due_at=due_at)


def locked(mail_id: int) -> PaperMail:
    return PaperMail.objects.select_for_update(of=("self",)).select_related(*WITH_PAPER, "job").get(pk=mail_id)
