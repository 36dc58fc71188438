from django.db import models

from channel_inventory.choices import PriceBasis
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class PartnerTerms(TenantModel):
    """How one partner reports and claims. A partner without a row is held to the defaults here."""

    partner = TenantKey("parties.Party")
    price_basis = models.CharField(max_length=14, choices=PriceBasis, default=PriceBasis.INVENTORY_COST)
    window_days = models.PositiveSmallIntegerField(
        default=90, help_text="Calendar days after the resale in which it may be reported"
    )
    claim_days = models.PositiveSmallIntegerField(
        default=90, help_text="Calendar days after the resale in which it may be claimed; later is code 29"
    )

    class Meta:
        verbose_name_plural = "partner terms"
        constraints = [models.UniqueConstraint(fields=["tenant", "partner"], name="partner_terms_once")]

    def __str__(self) -> str:
        return f"terms of {self.partner_id}"
