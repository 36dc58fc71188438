"""Ask for paper. The job is a row of the caller's transaction; the same thing asked twice is printed once."""

from jobs.actions.request_job import request_job
from jobs.models import JobRequest
from orders.actions.context import Occasion
from orders.models import Invoice, Order

ACKNOWLEDGEMENT, INVOICE = "order_acknowledgement", "invoice_document"


def request_acknowledgement(order: Order, occasion: Occasion) -> JobRequest:
    """Once for each version of the order."""
    return request_job(
        kind=ACKNOWLEDGEMENT,
        unique_key=f"{order.pk}/{order.version}",
        payload={"order_id": order.pk},
        by=occasion.by,
        at=occasion.at,
    )


def request_invoice_document(invoice: Invoice, occasion: Occasion) -> JobRequest:
    """Once for an invoice or credit memo: what is issued never changes. Whoever may see it may ask."""
    return request_job(
        kind=INVOICE,
        unique_key=str(invoice.pk),
        payload={"invoice_id": invoice.pk},
        by=occasion.by,
        at=occasion.at,
    )
