"""The mail that carries a paper of an order to the customer, or to whoever ships it."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from jobs.files import open_file
from jobs.mailing import message_id
from jobs.models import GeneratedFile
from orders.choices import InvoiceKind
from orders.models import Invoice, PaperMail
from tenancy.models import Tenant
from values.money import format_money

TEMPLATE = "orders/mail/paper.txt"


class NoPaper(LookupError):
    """The mail has no file yet, or none any more."""


def message_of(mail: PaperMail, tenant: Tenant) -> EmailMessage:
    """The whole mail; answers go to the person who sent it. Raises NoPaper, FileMissing."""
    file = file_of(mail)
    asked_by = mail.asked_by.user if mail.asked_by else None
    context = {
        "recipient": mail.recipient,
        "message": mail.message,
        "what": what_of(mail),
        "sender": asked_by.name if asked_by else "",
        "tenant": tenant.legal_name or tenant.name,
    }
    message = EmailMessage(
        subject_of(mail),
        render_to_string(TEMPLATE, context),
        from_email=formataddr((tenant.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[mail.address],
        reply_to=[asked_by.email] if asked_by else [],
        headers={"Message-ID": message_id("document", mail)},
    )
    with open_file(file) as content:
        message.attach(file.name, content.read(), file.content_type)
    return message


def file_of(mail: PaperMail) -> GeneratedFile:
    paper = mail.invoice or mail.acknowledgement or mail
    if paper.file is None:
        raise NoPaper(f"{mail.title} is not printed.")
    return paper.file


def subject_of(mail: PaperMail) -> str:
    """On one line: a mail with more of them in its subject is never sent."""
    about = f"order {mail.order.number}" if mail.paper else f"your order {mail.order.customer_po} ({mail.order.number})"
    return " ".join(f"{paper_name(mail)} for {about}".split())


def paper_name(mail: PaperMail) -> str:
    if mail.invoice is not None:
        return f"{mail.invoice.get_kind_display()} {mail.invoice.number}"
    if mail.paper:
        return mail.paper
    revision = mail.acknowledgement.revision if mail.acknowledgement else 1
    return "Acknowledgement" if revision == 1 else f"Acknowledgement, revision {revision},"


def what_of(mail: PaperMail) -> str:
    if mail.paper:
        return mail.about
    order = mail.order
    yours = f"your order {order.customer_po} of {order.order_date:%d %b %Y}, which is our order {order.number}"
    if mail.invoice is not None:
        return f"{document_named(mail.invoice)} for {yours}."
    revision = mail.acknowledgement.revision if mail.acknowledgement else 1
    since = f" It is revision {revision} and says what has changed." if revision > 1 else ""
    return f"our acknowledgement of {yours}.{since}"


def document_named(invoice: Invoice) -> str:
    total = format_money(abs(invoice.total), invoice.currency)
    if invoice.kind == InvoiceKind.CREDIT_MEMO:
        return f"our credit memo {invoice.number} over {total}"
    return f"our invoice {invoice.number} over {total}, due on {invoice.due_date:%d %b %Y},"
