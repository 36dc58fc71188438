from django.db import models

from shipping.choices import Incoterm, Payer
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class ShippingTerms(TenantModel):
    """How goods travel and who pays: three payers (freight, duty, carrier account), never collapsed into one."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1, help_text="Rises with every edit")
    incoterm = models.CharField(max_length=3, choices=Incoterm)
    named_place = models.CharField(max_length=120)
    freight_payer = models.CharField(max_length=11, choices=Payer)
    carrier = TenantKey("shipping.Carrier", null=True, blank=True)
    service = models.CharField(max_length=60, blank=True)
    freight_account = TenantKey("shipping.FreightAccount", null=True, blank=True)
    duty_payer = models.CharField(max_length=11, choices=Payer)
    duty_account = models.CharField(max_length=40, blank=True)
    re_shipper = TenantKey("parties.Location", null=True, blank=True, help_text="Receives on the way and sends on")
    partials_allowed = models.BooleanField(default=True)
    ship_complete = models.BooleanField(default=False, help_text="The order leaves whole or not at all")
    early_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Business days; empty: the party's")
    late_days = models.PositiveSmallIntegerField(null=True, blank=True)
    labels = models.TextField(blank=True)
    documents = models.TextField(blank=True, help_text="Documents to enclose, one a line")
    packing = models.TextField(blank=True)
    instructions = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "shipping terms"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="terms_code_once"),
            models.CheckConstraint(
                condition=~models.Q(ship_complete=True, partials_allowed=True),
                name="terms_complete_means_no_partials",
            ),
        ]

    def __str__(self) -> str:
        return self.code
