from django.db import models
from django.db.models import Q

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class BacklogPosition(TenantModel):
    """Open backlog of one sell-to × end buyer × product × currency from one day until the day before it changed.

    Backlog as of a day = the rows with valid_from ≤ day and (valid_to empty or ≥ day). Rows of zero are not stored.
    """

    sell_to = TenantKey("parties.Party")
    end_buyer = TenantKey("parties.Party", null=True)
    product = TenantKey("catalog.Product")
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    quantity = models.BigIntegerField()
    value = models.BigIntegerField(help_text="Minor units")
    reporting_value = models.BigIntegerField(help_text="In the tenant's currency at booking rates")

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "sell_to", "product", "valid_from"], name="position_history"),
            models.Index(fields=["tenant", "valid_from"], name="position_by_start"),
            models.Index(fields=["tenant"], name="position_current", condition=Q(valid_to__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.value}"
