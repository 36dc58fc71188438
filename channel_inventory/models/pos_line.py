from django.db import models
from django.db.models import F, Q

from channel_inventory.choices import PosState
from tenancy.fields import TenantKey
from tenancy.models import BulkModel


class PosLine(BulkModel):
    """One line that a partner says it sold, in our product's own unit. Negative: taken back from its customer.

    `line_key` tells one sale from another (the partner's invoice and line); at most one version of it is current.
    Same key and same `content` is a repeat; same key and other content is a correction, which is a row of its own that
    names the row it `corrects`. What is valued, and what the ledgers name, are rows of this table.
    """

    partner = TenantKey("parties.Party", related_name="+")
    batch = TenantKey("exchange.ImportBatch")
    row_number = models.PositiveIntegerField(help_text="In the partner's file")
    received_on = models.DateField(help_text="Business day on which the report came")
    recorded_at = models.DateTimeField()
    line_key = models.CharField(max_length=120)
    content = models.CharField(max_length=32, help_text="md5 of all that was reported of the line")
    state = models.CharField(max_length=9, choices=PosState, default=PosState.CURRENT)
    corrects = TenantKey("self", null=True, related_name="+")
    returns = TenantKey("self", null=True, related_name="+", help_text="The sale that a negative line takes back")

    invoice_number = models.CharField(max_length=60)
    invoice_line = models.CharField(max_length=20, blank=True)
    invoice_date = models.DateField(help_text="The day of the resale")
    product = TenantKey("catalog.Product", related_name="+")
    reported_sku = models.CharField(max_length=80, blank=True)
    quantity = models.BigIntegerField()
    reported_quantity = models.DecimalField(max_digits=18, decimal_places=4)
    reported_unit = models.CharField(max_length=10, blank=True)
    resale_price = models.DecimalField(max_digits=18, decimal_places=6, help_text="Each, of our own unit")
    currency = models.CharField(max_length=3)
    location = TenantKey("parties.Location", null=True, related_name="+", help_text="The branch that sold it")
    reported_end_buyer = TenantKey("channel_inventory.ReportedEndBuyer", null=True, related_name="pos_lines")
    end_buyer = TenantKey("parties.Party", null=True, related_name="+", help_text="Certified; empty: not yet")
    cited_agreement = models.CharField(max_length=40, blank=True)
    claimed_amount = models.BigIntegerField(null=True, help_text="Minor units, where the partner names an amount")
    customer_po = models.CharField(max_length=60, blank=True)
    warnings = models.JSONField(default=list, help_text="Codes accepted with the line")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "partner", "line_key"],
                condition=Q(state=PosState.CURRENT),
                name="pos_line_current_once",
            ),
            models.CheckConstraint(condition=~Q(quantity=0), name="pos_line_quantity_not_zero"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")), name="pos_line_not_own_correction"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partner", "product", "invoice_date", "id"], name="pos_line_of_product"),
            models.Index(fields=["tenant", "reported_end_buyer"], name="pos_line_of_text"),
            models.Index(
                fields=["tenant", "reported_end_buyer"],
                condition=Q(state=PosState.CURRENT, end_buyer__isnull=True),
                name="pos_line_uncertified",
            ),
            models.Index(fields=["tenant", "end_buyer", "-id"], name="pos_line_of_end_buyer"),
            models.Index(fields=["tenant", "batch", "row_number"], name="pos_line_of_batch"),
            models.Index(fields=["tenant", "corrects"], name="pos_line_corrected", condition=Q(corrects__isnull=False)),
            # few of many: a list of them alone would walk all the others
            models.Index(fields=["tenant", "-id"], name="pos_line_taken_back", condition=Q(quantity__lt=0)),
            models.Index(fields=["tenant", "-id"], name="pos_line_replaced", condition=Q(state=PosState.CORRECTED)),
            models.Index(fields=["tenant", "returns"], name="pos_line_returned", condition=Q(returns__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_number} {self.invoice_line}".strip()
