from collections.abc import Sequence
from dataclasses import dataclass

from orders.actions.context import Occasion
from orders.actions.desk import open_desk
from orders.actions.post_document import Heading, InvoicePart, post_document
from orders.choices import InvoiceKind
from orders.engine.state import VerbRefused
from orders.models import Invoice, InvoiceLine


@dataclass(frozen=True)
class CreditPart:
    """What is credited on one invoiced schedule: `quantity` is 0 for a price credit; `value` in minor units."""

    schedule_id: int
    quantity: int
    value: int


def credit_invoice(
    *,
    invoice_id: int,
    parts: Sequence[CreditPart],
    credit_kind: str,
    occasion: Occasion,
    number: str | None = None,
) -> Invoice:
    """Credit an invoice, whole or in part: a memo of its own number. Billings fall, bookings never.

    Raises VerbRefused without a reason, or when more would be credited than was billed.
    """
    if not occasion.because.note.strip():
        raise VerbRefused("A credit needs a reason.", "reason")
    invoice = Invoice.objects.filter(pk=invoice_id, kind=InvoiceKind.INVOICE).first()
    if invoice is None:
        raise VerbRefused("There is no such invoice.", "invoice")
    desk = open_desk(invoice.order_id)
    check_within_invoice(invoice, parts)
    heading = Heading(InvoiceKind.CREDIT_MEMO, credit_kind, occasion.because.note, corrects=invoice)
    taken = [InvoicePart(part.schedule_id, -part.quantity, -part.value) for part in parts]
    return post_document(desk, taken, occasion, heading, number=number)


def check_within_invoice(invoice: Invoice, parts: Sequence[CreditPart]) -> None:
    left = balance(invoice)
    for part in parts:
        quantity, value = left.get(part.schedule_id, (0, 0))
        if part.value <= 0 or part.quantity < 0:
            raise VerbRefused("A credit is an amount above 0.", "value")
        if part.value > value or part.quantity > quantity:
            raise VerbRefused("More than what is left of the invoice cannot be credited.", "value")
        left[part.schedule_id] = (quantity - part.quantity, value - part.value)


def balance(invoice: Invoice) -> dict[int, tuple[int, int]]:
    """Schedule → (quantity, minor units) that this invoice billed, less what was credited on it."""
    left: dict[int, tuple[int, int]] = {}
    documents = [invoice.pk, *Invoice.objects.filter(corrects=invoice).values_list("pk", flat=True)]
    lines = InvoiceLine.objects.filter(invoice_id__in=documents)
    for schedule_id, quantity, value in lines.values_list("schedule_id", "quantity", "value"):
        before = left.get(schedule_id, (0, 0))
        left[schedule_id] = (before[0] + quantity, before[1] + value)
    return left
