"""Invoices and lines of reports as bare rows, for what follows from them at a partner."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from catalog.models import Product
from channel_inventory.choices import PosState
from channel_inventory.models import PosLine, ReportedStock
from exchange.models import ImportBatch
from jobs.files import store_file
from orders.choices import CreditKind, InvoiceKind
from orders.models import Invoice, InvoiceLine
from parties.models import Location, Party
from tests.factories.orders import bare_order
from tests.fixtures import NOW, TODAY

_serial = count(1)


def invoice_to(
    partner: Party, product: Product, quantity: int, price: str, *, on: dt.date = TODAY, **values: Any
) -> InvoiceLine:
    """One line on an invoice of its own."""
    order = bare_order(partner, product, **values)
    invoice = Invoice.objects.create(
        number=f"CH-{next(_serial)}", order=order, sell_to=partner, bill_to=partner, currency="USD", invoice_date=on,
        due_date=on, total=0, issued_at=NOW,
    )  # fmt: skip
    return InvoiceLine.objects.create(
        invoice=invoice, order_line=order.lines.get(), schedule=order.schedules.get(), quantity=quantity,
        unit_price=Decimal(price), value=0,
    )  # fmt: skip


def credit_on(billed: InvoiceLine, quantity: int, *, on: dt.date = TODAY, kind: str = CreditKind.RETURN) -> InvoiceLine:
    """A credit memo that takes `quantity` units back; 0 for a price credit."""
    invoice = billed.invoice
    memo = Invoice.objects.create(
        kind=InvoiceKind.CREDIT_MEMO, credit_kind=kind, number=f"CM-{next(_serial)}", order=invoice.order,
        sell_to=invoice.sell_to, bill_to=invoice.bill_to, currency="USD", invoice_date=on, due_date=on, total=0,
        corrects=invoice, reason="came back", issued_at=NOW,
    )  # fmt: skip
    return InvoiceLine.objects.create(
        invoice=memo, order_line=billed.order_line, schedule=billed.schedule, quantity=-quantity,
        unit_price=billed.unit_price, value=0,
    )  # fmt: skip


def report_file(partner: Party, kind: str = "pos") -> ImportBatch:
    """A file that came in; nothing is read from it."""
    name = f"{kind}.csv"
    file = store_file(
        b"-", kind="upload", name=name, content_type="text/csv", right="partner.files", party_id=partner.pk
    )
    return ImportBatch.objects.create(
        kind=kind, file=file, file_name=name, sha256="", party_id=partner.pk, uploaded_at=NOW
    )


def sold(partner: Party, product: Product, quantity: int, *, on: dt.date = TODAY, **values: Any) -> PosLine:
    """A line of a report, negative for a return; one that `corrects` another replaces it."""
    serial = next(_serial)
    if corrected := values.get("corrects"):
        corrected.state = PosState.CORRECTED
        corrected.save()
        values.setdefault("line_key", corrected.line_key)
        values.setdefault("returns", corrected.returns)
    return PosLine.objects.create(
        partner=partner, product=product, quantity=quantity, invoice_date=on,
        **{
            "batch": values.pop("batch", None) or report_file(partner), "row_number": serial, "received_on": TODAY,
            "recorded_at": NOW, "line_key": f"P-{serial:05d}", "content": f"{serial:032d}",
            "invoice_number": f"P-{serial:05d}", "reported_quantity": quantity, "resale_price": "150",
            "currency": "USD", **values,
        },
    )  # fmt: skip


def reported(
    location: Location, product: Product, on_hand: int, *, on: dt.date = TODAY, **values: Any
) -> ReportedStock:
    return ReportedStock.objects.create(
        partner=location.party, location=location, product=product, as_of=on, on_hand=on_hand,
        batch=report_file(location.party, "stock"), recorded_at=NOW, **values,
    )  # fmt: skip
