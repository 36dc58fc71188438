from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from orders.actions.context import Occasion
from orders.actions.desk import Desk, open_desk, write
from orders.actions.order_types import require_type
from orders.choices import BILLING_TYPES, InvoiceKind
from orders.documents.invoice import Shipped, freeze_document
from orders.engine.amounts import Amounts
from orders.engine.deliveries import invoice
from orders.engine.state import Event, VerbRefused
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


def issue_invoice(
    *,
    order_id: int,
    parts: Sequence[InvoicePart],
    occasion: Occasion,
    number: str | None = None,
    shipped: Shipped | None = None,
) -> Invoice:
    """Bill shipped parts of one order on `occasion.on`. Numbers are gapless unless history brings its own.

    What is printed beside the amounts, `shipped` among it, is frozen now. Raises VerbRefused when more would be
    billed than has shipped, WrongOrderType for a blanket or a consignment fill.
    """
    desk = open_desk(order_id)
    require_type(desk.order, BILLING_TYPES, f"an order of type {desk.order.order_type} is not billed.")
    check_not_billed_twice(desk, parts)
    return post(
        desk,
        parts,
        occasion,
        kind=InvoiceKind.INVOICE,
        number=number,
        reason="",
        credit_kind="",
        corrects=None,
        shipped=shipped,
    )


def check_not_billed_twice(desk: Desk, parts: Sequence[InvoicePart]) -> None:
    billed: dict[int, int] = {}
    lines = InvoiceLine.objects.filter(
        schedule_id__in=[part.schedule_id for part in parts], invoice__kind=InvoiceKind.INVOICE
    )
    for schedule_id, quantity in lines.values_list("schedule_id", "quantity"):
        billed[schedule_id] = billed.get(schedule_id, 0) + quantity
    for part in parts:
        line = desk.state.line_of(part.schedule_id)
        shipped = line.schedule(part.schedule_id).shipped_qty
        billed[part.schedule_id] = billed.get(part.schedule_id, 0) + part.quantity
        if billed[part.schedule_id] > shipped:
            raise VerbRefused(f"Line {line.line_no}: {shipped:,} have shipped, more cannot be billed.", "quantity")


def post(
    desk: Desk,
    parts: Sequence[InvoicePart],
    occasion: Occasion,
    *,
    kind: str,
    number: str | None,
    reason: str,
    credit_kind: str,
    corrects: Invoice | None,
    shipped: Shipped | None = None,
) -> Invoice:
    """Write an invoice or credit memo with its lines and ledger rows. Credits come with negative amounts."""
    order = desk.order
    terms = Party.objects.values_list("payment_terms_days", flat=True).get(pk=order.bill_to_id)
    rate = rate_on(order.currency, desk.tenant.currency, occasion.on)
    document = Invoice(
        kind=kind,
        credit_kind=credit_kind,
        # the gapless counter is locked to the end of the transaction; an order's own lock is held already
        number=number or document_number(kind),
        order_id=order.pk,
        sell_to_id=order.sell_to_id,
        bill_to_id=order.bill_to_id,
        currency=order.currency,
        invoice_date=occasion.on,
        due_date=occasion.on + timedelta(days=terms),
        rate=rate,
        total=sum(part.value for part in parts),
        corrects=corrects,
        reason=reason,
        issued_by=occasion.by,
        issued_at=occasion.at,
    )
    if number is None:
        # history brings its own numbers, and its papers went out long ago
        document.frozen = freeze_document(document, order, desk.tenant, [part.schedule_id for part in parts], shipped)
    document.save()
    rows, events = billed(desk, parts, document, rate)
    made = InvoiceLine.objects.bulk_create(rows)
    write(desk, events, occasion, invoice_lines=[row.pk for row in made])
    return document


def billed(
    desk: Desk, parts: Sequence[InvoicePart], document: Invoice, rate: Decimal | None
) -> tuple[list[InvoiceLine], list[Event]]:
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
        amounts = Amounts(part.quantity, part.value, in_reporting(desk, part.value, rate))
        events.append(invoice(desk.state, line, line.schedule(part.schedule_id), amounts))
    return rows, events


def in_reporting(desk: Desk, value: int, rate: Decimal | None) -> int | None:
    if rate is None:
        return None
    return convert(value, desk.order.currency, desk.tenant.currency, rate)


def document_number(kind: str) -> str:
    prefix = "INV" if kind == InvoiceKind.INVOICE else "CM"
    return f"{prefix}-{next_gapless_number(kind):06d}"
