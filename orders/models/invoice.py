from django.db import models

from orders.choices import CreditKind, InvoiceKind
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Invoice(TenantModel):
    """An invoice or a credit memo. Goods value only, in minor units; credit memos hold negative amounts."""

    kind = models.CharField(max_length=11, choices=InvoiceKind, default=InvoiceKind.INVOICE)
    credit_kind = models.CharField(max_length=8, choices=CreditKind, blank=True)
    number = models.CharField(max_length=30)
    order = TenantKey("orders.Order", related_name="invoices")
    sell_to = TenantKey("parties.Party")
    bill_to = TenantKey("parties.Party")
    currency = models.CharField(max_length=3)
    invoice_date = models.DateField()
    due_date = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True, help_text="Of the invoice date")
    total = models.BigIntegerField(help_text="Minor units")
    paid_at = models.DateTimeField(null=True)
    corrects = TenantKey("self", null=True, help_text="The invoice that a credit memo corrects")
    reason = models.CharField(max_length=300, blank=True)
    issued_by = TenantKey("tenancy.Member", null=True)
    issued_at = models.DateTimeField()
    frozen = models.JSONField(null=True, help_text="All that is printed beside the amounts; empty: never printed yet")
    file = TenantKey("jobs.GeneratedFile", null=True, help_text="The PDF")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "kind", "number"], name="invoice_number_once")]
        indexes = [
            models.Index(fields=["tenant", "order"], name="invoice_of_order"),
            models.Index(fields=["tenant", "sell_to", "-id"], name="invoice_of_sell_to"),
            models.Index(fields=["tenant", "bill_to"], name="invoice_unpaid", condition=models.Q(paid_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(TenantModel):
    """One schedule's part of an invoice."""

    invoice = TenantKey("orders.Invoice", related_name="lines")
    order_line = TenantKey("orders.OrderLine")
    schedule = TenantKey("orders.Schedule")
    quantity = models.BigIntegerField()
    unit_price = models.DecimalField(max_digits=18, decimal_places=6)
    value = models.BigIntegerField(help_text="Minor units")

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "invoice"], name="invoice_lines"),
            models.Index(fields=["tenant", "schedule"], name="invoice_line_of_schedule"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.order_line_id}"
