from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class UnitFactor(TenantModel):
    """How many of a product's own unit one reported unit holds: a BX of 50. Without a product: for all of them."""

    unit = models.CharField(max_length=10)
    base_unit = models.CharField(max_length=10)
    factor = models.BigIntegerField()
    product = TenantKey("catalog.Product", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("tenant", "unit", "base_unit", Coalesce("product", 0), name="unit_factor_once"),
            models.CheckConstraint(condition=Q(factor__gte=1), name="unit_factor_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} = {self.factor} {self.base_unit}"
