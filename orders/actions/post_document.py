"""Writing an invoice or a credit memo: what both verbs of billing come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from orders.actions.context import Occasion
from orders.actions.desk import Desk, write
from orders.choices import InvoiceKind
from orders.documents.invoice import Shipped, freeze_document
from orders.engine.amounts import Amounts
from orders.engine.deliveries import invoice
from orders.engine.state import Event
from orders.models import Invoice, InvoiceLine
from parties.models import Party
from pricing.rates import rate_on
from tenancy.numbering import next_gapless_number
from values.money import convert


@dataclass(frozen=True)
class InvoicePart:
    """A shipped part to bill: its value is what left the backlog, in minor units."""

    schedule_id: int
    quantity: int
    value: int


@dataclass(frozen=True)
class Heading:
    """Which document it is; a credit memo says of what kind, why, and which invoice it corrects."""

    kind: InvoiceKind
    credit_kind: str = ""
    reason: str = ""
    corrects: Invoice | None = None


INVOICE = Heading(InvoiceKind.INVOICE)


def post_document(
    desk: Desk,
    parts: Sequence[InvoicePart],
    occasion: Occasion,
    heading: Heading,
    *,
    number: str | None = None,
    shipped: Shipped | None = None,
) -> Invoice:
    """Write an invoice or credit memo with its lines and ledger rows. Credits come with negative amounts."""
    document = new_document(desk, occasion, heading, total=sum(part.value for part in parts))
    # the gapless counter is locked to the end of the transaction; an order's own lock is held already
    document.number = number or document_number(heading.kind)
    if number is None:
        # history brings its own numbers, and its papers went out long ago
        schedule_ids = [part.schedule_id for part in parts]
        document.frozen = freeze_document(document, desk.order, desk.tenant, schedule_ids, shipped)
    document.save()
    rows, events = billed(desk, parts, document)
    made = InvoiceLine.objects.bulk_create(rows)
    write(desk, events, occasion, invoice_lines=[row.pk for row in made])
    return document


def new_document(desk: Desk, occasion: Occasion, heading: Heading, *, total: int) -> Invoice:
    """Without its number. `total` in minor units of the order's currency."""
    order = desk.order
    terms = Party.objects.values_list("payment_terms_days", flat=True).get(pk=order.bill_to_id)
    return Invoice(
        kind=heading.kind,
        credit_kind=heading.credit_kind,
        order_id=order.pk,
        sell_to_id=order.sell_to_id,
        bill_to_id=order.bill_to_id,
        currency=order.currency,
        invoice_date=occasion.on,
        due_date=occasion.on + timedelta(days=terms),
        rate=rate_on(order.currency, desk.tenant.currency, occasion.on),
        total=total,
        corrects=heading.corrects,
        reason=heading.reason,
        issued_by=occasion.by,
        issued_at=occasion.at,
    )


def billed(desk: Desk, parts: Sequence[InvoicePart], document: Invoice) -> tuple[list[InvoiceLine], list[Event]]:
    """The lines of a document, and what they mean to the ledger, part by part."""
    rows, events = [], []
    for part in parts:
        line = desk.state.line_of(part.schedule_id)
        rows.append(
            InvoiceLine(
                invoice=document,
                order_line_id=line.id,
                schedule_id=part.schedule_id,
                quantity=part.quantity,
                unit_price=line.unit_price or Decimal(0),
                value=part.value,
            )
        )
        amounts = Amounts(part.quantity, part.value, in_reporting(desk, part.value, document.rate))
        events.append(invoice(desk.state, line, line.schedule(part.schedule_id), amounts))
    return rows, events


def in_reporting(desk: Desk, value: int, rate: Decimal | None) -> int | None:
    if rate is None:
        return None
    return convert(value, desk.order.currency, desk.tenant.currency, rate)


def document_number(kind: str) -> str:
    prefix = "INV" if kind == InvoiceKind.INVOICE else "CM"
    return f"{prefix}-{next_gapless_number(kind):06d}"
