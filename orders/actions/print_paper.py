"""Make the PDF of a paper once, and keep it where the customer may fetch it."""

from jobs.files import store_file
from jobs.models import GeneratedFile
from orders.documents.invoice import paper_of
from orders.documents.stored import printed
from orders.models import Acknowledgement, Invoice
from tenancy.models import Tenant
from ui.documents import invoice as invoices
from ui.documents import order_acknowledgement as acknowledgements

PDF = "application/pdf"


def print_acknowledgement(made: Acknowledgement, tenant: Tenant, job_id: int | None) -> GeneratedFile:
    if made.file is None:
        pdf = acknowledgements.render(printed(made, tenant))
        name = f"{made.order.number}-acknowledgement-r{made.revision}.pdf"
        made.file = keep(pdf, "order_acknowledgement", name, made.sell_to_id, job_id)
        made.save(update_fields=["file"])
    return made.file


def print_frozen_invoice(invoice: Invoice, tenant: Tenant, job_id: int | None) -> GeneratedFile:
    """Of an invoice that `freeze_invoice` has locked. Raises DoesNotFoot."""
    if invoice.file is None:
        pdf = invoices.render(paper_of(invoice, tenant))
        invoice.file = keep(pdf, invoice.kind, f"{invoice.number}.pdf", invoice.sell_to_id, job_id)
        invoice.save(update_fields=["file"])
    return invoice.file


def keep(pdf: bytes, kind: str, name: str, party_id: int, job_id: int | None) -> GeneratedFile:
    return store_file(
        pdf, kind=kind, name=name, content_type=PDF, right="orders.view", party_id=party_id, job_id=job_id
    )
