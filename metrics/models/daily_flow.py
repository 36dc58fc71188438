from django.db import models
from django.db.models.functions import Coalesce

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class DailyFlow(TenantModel):
    """What one business day did, by sell-to × end buyer × product × currency; a day without rows has no row here.

    Derived from the order ledger and rebuildable to the same cent. Amounts are minor units, all signed as effects on
    backlog (`decreases`, `cancels` and `shipped` are negative), billings as billed.
    """

    day = models.DateField()
    sell_to = TenantKey("parties.Party")
    end_buyer = TenantKey("parties.Party", null=True)
    product = TenantKey("catalog.Product")
    currency = models.CharField(max_length=3)
    gross_value = models.BigIntegerField(default=0)
    gross_qty = models.BigIntegerField(default=0)
    decrease_value = models.BigIntegerField(default=0)
    decrease_qty = models.BigIntegerField(default=0)
    cancel_value = models.BigIntegerField(default=0)
    cancel_qty = models.BigIntegerField(default=0)
    price_value = models.BigIntegerField(default=0)
    transfer_value = models.BigIntegerField(default=0)
    transfer_qty = models.BigIntegerField(default=0)
    shipped_value = models.BigIntegerField(default=0)
    shipped_qty = models.BigIntegerField(default=0)
    unshipped_value = models.BigIntegerField(default=0)
    unshipped_qty = models.BigIntegerField(default=0)
    billed_value = models.BigIntegerField(default=0, help_text="Invoices less credits")
    billed_qty = models.BigIntegerField(default=0)
    backlog_reporting = models.BigIntegerField(default=0, help_text="Effect on backlog in the tenant's currency")
    booked_reporting = models.BigIntegerField(default=0, help_text="Net bookings in the tenant's currency")
    billed_reporting = models.BigIntegerField(default=0)
    unrated_rows = models.IntegerField(default=0, help_text="Ledger rows without a rate, left out of the three above")
    row_count = models.IntegerField(default=0, help_text="Ledger rows behind this one")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "day",
                "sell_to",
                Coalesce("end_buyer", 0),
                "product",
                "currency",
                name="daily_flow_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.sell_to_id}"
