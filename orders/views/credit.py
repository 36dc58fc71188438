"""Credit an invoice, whole or in part."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from orders.actions.context import Occasion
from orders.actions.credit_invoice import CreditPart, balance, credit_invoice
from orders.actions.request_documents import request_invoice_document
from orders.choices import InvoiceKind
from orders.forms.verbs import CreditForm
from orders.models import Invoice, InvoiceLine
from orders.views.verbs.base import OrderVerb
from values.currencies import minor_digits
from values.money import format_money, to_minor


@dataclass(frozen=True)
class CreditRow:
    """An invoiced schedule with what is left of it."""

    schedule_id: int
    label: str
    quantity: int
    left: str

    @property
    def quantity_field(self) -> str:
        return f"quantity_{self.schedule_id}"

    @property
    def value_field(self) -> str:
        return f"value_{self.schedule_id}"


class CreditInvoice(OrderVerb):
    permission = "invoices.issue"
    heading = "Credit the invoice"
    form_class = CreditForm
    submit_label = "Issue the credit memo"
    number = ""

    @cached_property
    def invoice(self) -> Invoice:
        invoices = Invoice.objects.filter(kind=InvoiceKind.INVOICE, order_id=self.kwargs["pk"])
        return get_object_or_404(invoices, pk=self.kwargs["invoice"])

    @cached_property
    def rows(self) -> list[CreditRow]:
        left = balance(self.invoice)
        lines = InvoiceLine.objects.filter(invoice=self.invoice).select_related("order_line", "schedule")
        names = {line.schedule_id: f"{line.order_line.line_no}.{line.schedule.number}" for line in lines.order_by("id")}
        currency = self.invoice.currency
        return [
            CreditRow(key, f"Schedule {name}", left[key][0], f"{format_money(left[key][1], currency)} left")
            for key, name in names.items()
        ]

    def get_initial(self) -> dict[str, Any]:
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"rows": self.rows, "digits": minor_digits(self.invoice.currency)}

    def about(self) -> str:
        return f"Invoice {self.invoice.number}"

    def facts(self) -> list[tuple[str, str]]:
        total = format_money(self.invoice.total, self.invoice.currency)
        return [*super().facts(), ("Invoiced", f"{self.invoice.invoice_date:%d %b %Y}"), ("Total", total)]

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        currency = self.invoice.currency
        parts = [
            CreditPart(row.schedule_id, typed[row.quantity_field] or 0, to_minor(typed[row.value_field], currency))
            for row in self.rows
            if typed[row.value_field]
        ]
        memo = credit_invoice(
            invoice_id=self.invoice.pk, parts=parts, credit_kind=typed["credit_kind"], occasion=occasion
        )
        self.number = memo.number
        request_invoice_document(memo, occasion)

    def get_success_message(self) -> str:
        return f"Credit memo {self.number} issued." if self.number else ""
