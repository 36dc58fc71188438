"""Invoices and credit memos on paper: amounts from their own lines, all other text as it was when they were issued."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from orders.choices import InvoiceKind
from orders.documents.parties import addresses_of, letterhead, party_side, place_side, price_from
from orders.models import Invoice, InvoiceLine, Order, OrderLedger, OrderLine, Schedule
from parties.models import Party
from tenancy.models import Tenant
from ui.documents.invoice import BilledLine, InvoicePaper, InvoiceText
from ui.documents.letterhead import day
from ui.documents.order_acknowledgement import Side
from ui.documents.thaw import thaw
from ui.figures import EMPTY
from values.money import format_minor, format_money, format_price, from_minor, line_value

GOODS_ONLY = "Goods value only: tax and freight are not part of this document."
RELATED = ("product", "end_buyer", "ship_to__party")


class DoesNotFoot(ValueError):
    """Lines, total and ledger of a document differ: it is not printed."""


@dataclass(frozen=True)
class Shipped:
    """The shipment that is billed, as its floor tells it."""

    number: str
    on: date
    term: str = ""
    carrier: str = ""
    tracking: str = ""


def freeze_document(
    invoice: Invoice, order: Order, tenant: Tenant, schedule_ids: Sequence[int], shipped: Shipped | None = None
) -> dict[str, Any]:
    """What is printed beside the amounts, as JSON. `invoice` need not be written yet."""
    schedules = Schedule.objects.filter(pk__in=schedule_ids).order_by("pk")
    numbers = {pk: (line_id, number) for pk, line_id, number in schedules.values_list("pk", "line_id", "number")}
    lines = OrderLine.objects.select_related(*RELATED).in_bulk({line_id for line_id, _ in numbers.values()})
    parties = Party.objects.in_bulk([invoice.bill_to_id, invoice.sell_to_id])
    addresses = addresses_of(parties.values())
    is_memo = invoice.kind == InvoiceKind.CREDIT_MEMO
    sides = [
        party_side("Credit to" if is_memo else "Bill to", parties[invoice.bill_to_id], addresses),
        party_side("Sold to", parties[invoice.sell_to_id], addresses),
        corrected_side(invoice) if is_memo else shipped_side(list(lines.values())),
    ]
    text = InvoiceText(
        sender=letterhead(tenant),
        sides=tuple(sides),
        facts=tuple(facts_of(order, shipped)),
        notes=(GOODS_ONLY,) if is_memo else (net_days(invoice), GOODS_ONLY),
    )
    return {
        "text": asdict(text),
        "lines": {str(pk): asdict(texts_of(lines[line_id], number)) for pk, (line_id, number) in numbers.items()},
        "figures": memo_figures(invoice) if is_memo else [],
    }


def net_days(invoice: Invoice) -> str:
    days = (invoice.due_date - invoice.invoice_date).days
    return f"{days} days net from the invoice date, no discount." if days else "Due at once, no discount."


def shipped_side(lines: Sequence[OrderLine]) -> Side:
    places = {line.ship_to_id: line.ship_to for line in lines}
    if len(places) > 1:
        return Side("Shipped to", f"{len(places)} places", ("as the lines of the order say",))
    return place_side("Shipped to", next(iter(places.values()), None))


def corrected_side(memo: Invoice) -> Side:
    corrected = memo.corrects
    if corrected is None:
        return Side("Invoice", EMPTY)
    total = format_money(corrected.total, corrected.currency)
    return Side("Invoice", corrected.number, (f"of {day(corrected.invoice_date)}", f"total {total}"))


def facts_of(order: Order, shipped: Shipped | None) -> list[tuple[str, ...]]:
    facts: list[tuple[str, ...]] = [("Your PO", order.customer_po), ("Our order", order.number)]
    if shipped:
        facts.append(("Shipment", f"{shipped.number}, {day(shipped.on)}"))
        facts += [
            (label, text)
            for label, text in (
                ("Delivery term", shipped.term),
                (f"{shipped.carrier} tracking".strip(), shipped.tracking),
            )
            if text
        ]
    return facts


def texts_of(line: OrderLine, schedule: int) -> BilledLine:
    """The line's text; amounts are put in from the invoice's own lines."""
    product = line.product
    more = [product.description, f"HS {product.hts}" if product.hts else ""]
    more.append(f"origin {product.country_of_origin}" if product.country_of_origin else "")
    return BilledLine(
        number=f"{line.line_no} / {schedule}",
        part=product.sku,
        description=" · ".join(filter(None, more)),
        customer_part=line.customer_part,
        end_buyer=line.end_buyer.name if line.end_buyer else "",
        price_from=price_from(line),
        quantity="",
        price="",
        value="",
    )


def memo_figures(memo: Invoice) -> list[tuple[str, str, str]]:
    """The memo beside its invoice; `before` are the memos that were issued on it earlier."""
    corrected, currency = memo.corrects, memo.currency
    if corrected is None:
        return [("Credit", format_money(-memo.total, currency), memo.get_credit_kind_display())]
    earlier = Invoice.objects.filter(corrects=corrected)
    if memo.pk:
        earlier = earlier.filter(pk__lt=memo.pk)
    before = -(earlier.aggregate(Sum("total"))["total__sum"] or 0)
    left = corrected.total - before + memo.total
    return [
        ("Credit", format_money(-memo.total, currency), memo.get_credit_kind_display()),
        ("Invoice total", format_minor(corrected.total, currency), corrected.number),
        ("Credited before", format_minor(before, currency), ""),
        ("Left of the invoice", format_minor(left, currency), ""),
    ]


def paper_of(invoice: Invoice, tenant: Tenant) -> InvoicePaper:
    """The document from what is stored. Raises DoesNotFoot; `invoice.frozen` must be there."""
    lines = list(InvoiceLine.objects.filter(invoice=invoice).order_by("pk"))
    check_foots(invoice, lines)
    is_memo = invoice.kind == InvoiceKind.CREDIT_MEMO
    sign = -1 if is_memo else 1
    stored = invoice.frozen or {}
    facts = dict(stored["text"]["facts"])
    issued = day(invoice.invoice_date)
    return InvoicePaper(
        text=thaw(InvoiceText, stored["text"]),
        title="Credit memo" if is_memo else "Invoice",
        number=invoice.number,
        subtitle=f"{issued} · {invoice.get_credit_kind_display().lower()}" if is_memo else issued,
        order=facts["Our order"],
        customer_po=facts["Your PO"],
        currency=invoice.currency,
        total=format_minor(sign * invoice.total, invoice.currency),
        due=day(invoice.due_date),
        lines=tuple(billed_line(line, stored["lines"], invoice.currency, sign) for line in lines),
        made_at=invoice.issued_at.astimezone(tenant.zone),
        figures=tuple(tuple(each) for each in stored["figures"]),
        reason=invoice.reason,
    )


def check_foots(invoice: Invoice, lines: Sequence[InvoiceLine]) -> None:
    told = OrderLedger.objects.filter(invoice_line__in=[line.pk for line in lines])
    ledger = told.aggregate(Sum("value_delta"))["value_delta__sum"] or 0
    summed = sum(line.value for line in lines)
    if not summed == ledger == invoice.total:
        raise DoesNotFoot(f"{invoice.number}: total {invoice.total}, lines {summed}, ledger {ledger} minor units.")


def billed_line(line: InvoiceLine, texts: dict[str, Any], currency: str, sign: int) -> BilledLine:
    quantity, value = sign * line.quantity, sign * line.value
    return thaw(
        BilledLine,
        {
            **texts[str(line.schedule_id)],
            "quantity": f"{quantity:,}" if quantity else EMPTY,
            "price": price_text(quantity, value, line.unit_price, currency),
            "value": format_minor(value, currency),
        },
    )


def price_text(quantity: int, value: int, unit_price: Decimal, currency: str) -> str:
    """The price that gives the value: goods that shipped before a price change keep the one they shipped at."""
    if not quantity:
        return EMPTY
    if abs(line_value(quantity, unit_price, currency) - value) <= 1:
        return format_price(unit_price, currency)
    return format_price(round(from_minor(value, currency) / quantity, 6), currency)
