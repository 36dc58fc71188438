from orders.documents.invoice import freeze_document
from orders.models import Invoice, InvoiceLine
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id


def freeze_invoice(*, invoice_id: int) -> Invoice:
    """The invoice, locked, with its printed text. Ours are frozen when they are issued, loaded history when first seen.

    What is frozen stays: later edits of parties, parts and places do not reach it.
    """
    invoice = Invoice.objects.select_for_update(of=("self",)).select_related("corrects", "order").get(pk=invoice_id)
    if invoice.frozen is None:
        schedules = InvoiceLine.objects.filter(invoice=invoice).values_list("schedule_id", flat=True)
        tenant = Tenant.objects.get(pk=current_tenant_id())
        invoice.frozen = freeze_document(invoice, invoice.order, tenant, list(schedules))
        invoice.save(update_fields=["frozen"])
    return invoice
