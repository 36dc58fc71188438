from django.db import models
from django.db.models import F, Q

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class FreightAccount(TenantModel):
    """An account of a party with a carrier: the one that pays for the carriage. Ours, the customer's or a third's."""

    party = TenantKey("parties.Party", related_name="freight_accounts", help_text="Whose account it is")
    carrier = TenantKey("shipping.Carrier")
    service = models.CharField(max_length=60, blank=True, help_text="Only for this service; empty: any")
    number = models.CharField(max_length=40)
    payer_country = models.CharField(max_length=2)
    payer_postcode = models.CharField(max_length=20)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "carrier", "number", "service"], name="freight_account_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="freight_account_dates_ordered",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "party", "carrier"], name="freight_account_of_party")]

    def __str__(self) -> str:
        return self.number
