from django.db import models

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class ReportedStock(TenantModel):
    """What a partner says it holds of a product at one place on one day. A newer report of the same day counts."""

    partner = TenantKey("parties.Party", related_name="+")
    location = TenantKey("parties.Location", related_name="+")
    product = TenantKey("catalog.Product", related_name="+")
    as_of = models.DateField()
    on_hand = models.BigIntegerField()
    in_transit = models.BigIntegerField(null=True)
    on_order = models.BigIntegerField(null=True)
    batch = TenantKey("exchange.ImportBatch", related_name="+")
    recorded_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "reported stock"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "partner", "location", "product", "as_of"],
                condition=models.Q(is_current=True),
                name="reported_stock_current_once",
            ),
            models.CheckConstraint(condition=models.Q(on_hand__gte=0), name="reported_stock_not_negative"),
        ]
        indexes = [
            models.Index(fields=["tenant", "partner", "product", "-as_of"], name="reported_stock_newest"),
            models.Index(fields=["tenant", "batch"], name="reported_stock_of_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.on_hand} on {self.as_of}"
