"""What the sheet is told while somebody types: for each row its price, reasons, holds and errors, and the totals."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.forms import Form
from django.urls import reverse

from orders.entry.preview import Credit, Preview, PreviewLine
from orders.forms.entry import LineForm
from orders.forms.live import LiveSheet, found_in
from orders.views.detail.trails import price_trail, terms_trail
from orders.views.entry.hints import hints_of
from pricing.rates import rate_on
from tenancy.rights import SEE_COST
from ui.figures import figure
from values.money import convert, format_minor, format_money, format_price, line_value

Answer = dict[str, Any]


def answer_of(sheet: LiveSheet, preview: Preview | None, *, member: Any) -> Answer:
    found = {}
    if preview:
        for rows, line in zip(sheet.rows, preview.lines, strict=True):
            request = min(day for row in rows for _, day in row.parts)
            found[id(rows[0].form)] = line_answer(line, preview, request, sheet.today, member)
    return {
        "header": header_answer(sheet.header),
        "facts": header_facts(sheet, preview),
        "rows": [row_answer(form, found.get(id(form), {})) for form in sheet.lines.forms],
        "totals": totals(preview, member) if preview else [],
        "currency": preview.order.currency if preview else "",
        "held": preview.held if preview else 0,
    }


def header_answer(form: Form) -> Answer:
    found = found_in(form)
    return {"errors": found.wrong, "missing": found.missing}


def row_answer(form: LineForm, of_line: Answer) -> Answer:
    found = found_in(form)
    answer = {"tone": "", **of_line, "errors": found.wrong, "missing": found.missing, "partErrors": found.parts}
    return answer | {"tone": "bad"} if found.wrong else answer


def line_answer(line: PreviewLine, preview: Preview, request: date, today: date, member: Any) -> Answer:
    """`request` is the first date of the line."""
    order, item = preview.order, line.line
    tone = "" if line.will_book else "bad"
    return {
        "tone": tone or ("warn" if line.holds else ""),
        "price": "no price" if item.unit_price is None else format_price(item.unit_price, order.currency),
        "value": "on hold" if line.value is None else format_minor(line.value, order.currency),
        "isPriced": item.unit_price is not None,
        "holds": [{"tone": tone or "warn", "text": f"{each.kind.label}: {each.message}"} for each in line.holds],
        **hints_of(line, preview, request, today),
        "why": why(line, order.currency, member),
    }


def why(line: PreviewLine, currency: str, member: Any) -> Answer:
    """The whole trail of a line: of its price and of its terms, losers and all."""
    price, terms = price_trail(line.line, currency, member), terms_trail(line.line)
    return {"price": asdict(price), "terms": asdict(terms), "cap": cap_of(line)}


def cap_of(line: PreviewLine) -> Answer | None:
    """What is left of the agreement that gives the price, before and after this line."""
    chosen = line.price.chosen
    if chosen is None or chosen.cap_qty is None:
        return None
    left = max(chosen.left_qty or 0, 0)
    wanted = min(line.line.quantity, left)
    return {
        "ref": chosen.ref,
        "cap": chosen.cap_qty,
        "used": chosen.cap_qty - left,
        "facts": [
            ("Cap", figure(chosen.cap_qty)),
            ("Left", figure(left)),
            ("This line", figure(wanted)),
            ("Left after it", figure(left - wanted)),
        ],
    }


def header_facts(sheet: LiveSheet, preview: Preview | None) -> list[Answer]:
    if preview is None or sheet.sell_to is None:
        return []
    order, facts = preview.order, preview.facts
    bill_to = facts.parties.get(order.bill_to_id)
    terms = f"{order.currency} · net {bill_to.payment_terms_days} · bill-to {bill_to.name}" if bill_to else ""
    return [
        {"label": sheet.sell_to.name, "value": terms, "tone": ""},
        credit_fact(preview.credit),
    ]


def credit_fact(credit: Credit) -> Answer:
    owed = format_money(credit.owed, credit.currency)
    if credit.allowed is None:
        return {"label": "Credit", "value": f"{owed} owed, no limit", "tone": ""}
    is_over = credit.owed > credit.allowed
    used = f"{owed} of {format_minor(credit.allowed, credit.currency)} used"
    return {
        "label": "Over its limit" if is_over else "Within limit",
        "value": used,
        "tone": "bad" if is_over else "good",
    }


def totals(preview: Preview, member: Any) -> list[tuple[str, str]]:
    """Label and figure of each total: the order's currency, and the tenant's where that is another."""
    order, tenant = preview.order, preview.facts.tenant
    found = [
        ("Units", figure(sum(each.line.quantity for each in preview.lines))),
        ("Value", format_money(preview.value, order.currency)),
    ]
    if order.currency != tenant.currency:
        rate = rate_on(order.currency, tenant.currency, order.order_date)
        value = convert(preview.value, order.currency, tenant.currency, rate) if rate else None
        found.append((f"In {tenant.currency}", "no rate" if value is None else format_money(value, tenant.currency)))
    claims = expected_claims(preview)
    if claims and member.may(SEE_COST):
        found.append(("Expected claims", format_money(-claims, order.currency)))
    return found


def expected_claims(preview: Preview) -> int:
    """Of ship and debit: what the partner will claim after resale, in minor units."""
    return sum(
        line_value(line.quantity, max(line.unit_price - line.agreed_cost, Decimal(0)), preview.order.currency)
        for line in (each.line for each in preview.lines)
        if line.unit_price is not None and line.agreed_cost is not None
    )


def duplicate_of(preview: Preview | None, slug: str) -> Answer | None:
    """The first order with this PO, to be shown as soon as both are typed."""
    first = preview.first_order if preview else None
    if first is None:
        return None
    return {"number": first.number, "url": reverse("orders:order_detail", args=[slug, first.pk])}
