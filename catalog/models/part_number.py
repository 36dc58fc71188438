from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class PartNumber(TenantModel):
    """A party's own number for a product of ours."""

    product = TenantKey("catalog.Product", related_name="part_numbers")
    party = TenantKey("parties.Party")
    number = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "party", "number"], name="part_number_once")]
        indexes = [
            models.Index(fields=["tenant", "product", "party"], name="part_number_of_product"),
            GinIndex(OpClass("number", "gin_trgm_ops"), name="part_number_text"),
        ]

    def __str__(self) -> str:
        return self.number
