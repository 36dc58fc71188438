"""Jobs: print what goes to the customer and keep it where the customer may fetch it."""

from typing import Any

from jobs.files import store_file
from jobs.handle import GiveUp, JobHandle
from jobs.models import GeneratedFile
from orders.actions.acknowledge_order import NothingBooked, acknowledge_order, stored
from orders.actions.context import Occasion
from orders.actions.freeze_invoice import freeze_invoice
from orders.documents.invoice import DoesNotFoot, paper_of
from orders.models import Acknowledgement
from tenancy.models import Member, Tenant
from tenancy.scope import as_house, current_tenant_id
from ui.documents import invoice as invoices
from ui.documents import order_acknowledgement as acknowledgements
from ui.documents.order_acknowledgement import Printed

PDF = "application/pdf"


def acknowledge(job: JobHandle) -> dict[str, Any]:
    tenant = Tenant.objects.get(pk=current_tenant_id())
    by = Member.objects.filter(pk=job.requested_by_id).first() if job.requested_by_id else None
    try:
        made = acknowledge_order(
            order_id=job.payload["order_id"], occasion=Occasion(by=by, at=job.at, on=tenant.today(job.at))
        )
    except NothingBooked as refused:
        raise GiveUp(str(refused)) from refused
    if made.file is None:
        pdf = acknowledgements.render(printed(made, tenant))
        name = f"{made.order.number}-acknowledgement-r{made.revision}.pdf"
        made.file = keep(pdf, "order_acknowledgement", name, made.sell_to_id, job)
        made.save(update_fields=["file"])
    return {"file_id": made.file.pk, "summary": f"{made.order.number}, acknowledgement revision {made.revision}"}


def print_invoice(job: JobHandle) -> dict[str, Any]:
    """An outsider's request is done as the house: it was asked for under its own scope."""
    with as_house():
        tenant = Tenant.objects.get(pk=current_tenant_id())
        invoice = freeze_invoice(invoice_id=job.payload["invoice_id"])
        if invoice.file is None:
            try:
                pdf = invoices.render(paper_of(invoice, tenant))
            except DoesNotFoot as refused:
                raise GiveUp(str(refused)) from refused
            invoice.file = keep(pdf, invoice.kind, f"{invoice.number}.pdf", invoice.sell_to_id, job)
            invoice.save(update_fields=["file"])
        return {"file_id": invoice.file.pk, "summary": f"{invoice.get_kind_display()} {invoice.number}"}


def printed(made: Acknowledgement, tenant: Tenant) -> Printed:
    return Printed(stored(made), made.revision, tuple(made.changes), made.made_at.astimezone(tenant.zone))


def keep(pdf: bytes, kind: str, name: str, party_id: int, job: JobHandle) -> GeneratedFile:
    return store_file(
        pdf, kind=kind, name=name, content_type=PDF, right="orders.view", party_id=party_id, job_id=job.id
    )
