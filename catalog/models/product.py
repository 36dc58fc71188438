from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from catalog.choices import Lifecycle
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Product(TenantModel):
    """A part we sell. Quantities everywhere are whole numbers of its `unit`."""

    sku = models.CharField(max_length=60)
    description = models.CharField(max_length=300)
    family = TenantKey("catalog.ProductFamily")
    unit = models.CharField(max_length=10, default="EA", help_text="What one of it is: EA, M, KG")
    minimum_qty = models.BigIntegerField(default=1)
    multiple_qty = models.BigIntegerField(default=1, help_text="Package quantity: orders are whole packages")
    unit_weight_g = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(null=True, blank=True)
    lifecycle = models.CharField(max_length=14, choices=Lifecycle, default=Lifecycle.ACTIVE)
    hts = models.CharField(max_length=16, blank=True, help_text="Harmonised tariff number")
    eccn = models.CharField(max_length=16, blank=True, help_text="Export control classification")
    country_of_origin = models.CharField(max_length=2, blank=True)
    floor_price = models.DecimalField(
        max_digits=18,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="A manual price below needs an approval",
    )
    floor_currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sku"], name="sku_once"),
            models.CheckConstraint(
                condition=Q(minimum_qty__gte=1, multiple_qty__gte=1), name="product_packages_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "family"], name="product_by_family"),
            GinIndex(OpClass("sku", "gin_trgm_ops"), OpClass("description", "gin_trgm_ops"), name="product_text"),
        ]

    def __str__(self) -> str:
        return self.sku
