from collections.abc import Sequence

from orders.actions.context import Occasion
from orders.actions.desk import Desk, open_desk
from orders.actions.order_types import require_type
from orders.actions.post_document import INVOICE, InvoicePart, post_document
from orders.choices import BILLING_TYPES, InvoiceKind
from orders.documents.invoice import Shipped
from orders.engine.state import VerbRefused
from orders.models import Invoice, InvoiceLine


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
    return post_document(desk, parts, occasion, INVOICE, number=number, shipped=shipped)


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
