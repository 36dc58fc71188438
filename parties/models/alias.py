from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Coalesce

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class PartyAlias(TenantModel):
    """Another text or code by which a party is reported. An alias learnt once resolves the same text next time.

    `reported_by` narrows it to what one party reports (distributors number their customers themselves).
    """

    party = TenantKey("parties.Party", related_name="aliases")
    alias = models.CharField(max_length=200)
    normalised = models.CharField(max_length=200)
    reported_by = TenantKey("parties.Party", null=True, blank=True)
    learnt_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "party aliases"
        constraints = [
            models.UniqueConstraint("tenant", "normalised", Coalesce("reported_by", 0), name="party_alias_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "party"], name="alias_of_party"),
            GinIndex(OpClass("normalised", "gin_trgm_ops"), name="alias_text"),
        ]

    def __str__(self) -> str:
        return self.alias
