from django.db import models
from django.db.models import Q

from channel_inventory.choices import RARE_STOCK_KINDS, Ownership, StockKind
from tenancy.fields import TenantKey
from tenancy.models import BulkModel


class StockLedger(BulkModel):
    """What moved at a partner, append-only: closing stock = opening + the sum of `quantity`.

    `quantity` is signed, in the product's own unit. `event_date` is the day it happened (invoice, resale),
    `business_date` the day it counts on. A correction is another row, which names the row it `reverses`.
    """

    partner = TenantKey("parties.Party", related_name="+")
    location = TenantKey("parties.Location", null=True, related_name="+", help_text="Empty: not told")
    product = TenantKey("catalog.Product", related_name="+")
    ownership = models.CharField(max_length=6, choices=Ownership, default=Ownership.THEIRS)
    kind = models.CharField(max_length=12, choices=StockKind)
    quantity = models.BigIntegerField()
    business_date = models.DateField()
    event_date = models.DateField()
    recorded_at = models.DateTimeField()
    pos_line = TenantKey("channel_inventory.PosLine", null=True, related_name="+")
    invoice_line = TenantKey("orders.InvoiceLine", null=True, related_name="+")
    reverses = TenantKey("self", null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    actor = TenantKey("tenancy.Member", null=True, related_name="+")
    source_key = models.CharField(max_length=120, help_text="What asked for it; the same asked twice is one row")

    class Meta:
        verbose_name_plural = "stock ledger"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "source_key"], name="stock_source_once"),
            models.CheckConstraint(condition=~Q(quantity=0), name="stock_quantity_not_zero"),
        ]
        indexes = [
            models.Index(fields=["tenant", "partner", "product", "business_date"], name="stock_of_product"),
            # what is neither sold to a partner nor by one: few rows, which a list of them would have to look for
            models.Index(
                fields=["tenant", "kind", "-id"], name="stock_rare_kinds", condition=Q(kind__in=RARE_STOCK_KINDS)
            ),
            models.Index(fields=["tenant", "pos_line"], name="stock_of_pos_line", condition=Q(pos_line__isnull=False)),
            models.Index(
                fields=["tenant", "invoice_line"],
                name="stock_of_invoice_line",
                condition=Q(invoice_line__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"
