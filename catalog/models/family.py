from django.db import models

from tenancy.models import TenantModel


class ProductFamily(TenantModel):
    """A family of products; prices, agreements and shipping rules may address it whole."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "product families"
        constraints = [models.UniqueConstraint(fields=["tenant", "code"], name="family_code_once")]

    def __str__(self) -> str:
        return self.code
