from django.db import models

from tenancy.models import TenantModel


class TradingPartner(TenantModel):
    """Who is behind an EDI identity. `party_id` gives the sell-to where a purchase order names none."""

    name = models.CharField(max_length=120)
    qualifier = models.CharField(max_length=2, help_text="ISA05")
    identity = models.CharField(max_length=15, help_text="ISA06")
    application = models.CharField(max_length=15, blank=True, help_text="GS02 where it differs; empty: any")
    party_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    test_allowed = models.BooleanField(default=False, help_text="Take interchanges marked T as real")
    unit_map = models.JSONField(default=dict, blank=True, help_text="Its unit codes to ours")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "qualifier", "identity", "application"], name="trading_partner_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
