from django.db import models

from tenancy.models import TenantModel


class Carrier(TenantModel):
    """A carrier and the services we may ask it for."""

    code = models.CharField(max_length=20, help_text="SCAC or our own code")
    name = models.CharField(max_length=120)
    services = models.JSONField(default=list, blank=True, help_text="Service names; empty: any")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "code"], name="carrier_code_once")]

    def __str__(self) -> str:
        return self.name
