from django.db import models
from django.db.models import F, Q

from shipping.choices import Incoterm
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class ShippingRule(TenantModel):
    """Which terms apply when. Every condition left empty matches everything; the resolver documents the order."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1, help_text="Rises with every edit")
    terms = TenantKey("shipping.ShippingTerms")
    priority = models.IntegerField(default=0, help_text="Higher wins among equally specific rules")
    sell_to = TenantKey("parties.Party", null=True, blank=True, help_text="The party or any branch of its group")
    end_buyer = TenantKey("parties.Party", null=True, blank=True)
    ship_to = TenantKey("parties.Location", null=True, blank=True)
    ship_to_country = models.CharField(max_length=2, blank=True)
    ship_to_region = models.CharField(max_length=60, blank=True)
    ship_from = TenantKey("parties.Location", null=True, blank=True)
    family = TenantKey("catalog.ProductFamily", null=True, blank=True)
    incoterm = models.CharField(max_length=3, choices=Incoterm, blank=True)
    min_weight_kg = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    max_weight_kg = models.DecimalField(
        max_digits=12, decimal_places=3, null=True, blank=True, help_text="Up to and including"
    )
    min_value = models.DecimalField(
        max_digits=18, decimal_places=3, null=True, blank=True, help_text="In the tenant's reporting currency"
    )
    max_value = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="rule_code_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="rule_dates_ordered",
            ),
            models.CheckConstraint(
                condition=Q(min_weight_kg__isnull=True)
                | Q(max_weight_kg__isnull=True)
                | Q(max_weight_kg__gt=F("min_weight_kg")),
                name="rule_weights_ordered",
            ),
            models.CheckConstraint(
                condition=Q(min_value__isnull=True) | Q(max_value__isnull=True) | Q(max_value__gt=F("min_value")),
                name="rule_values_ordered",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "terms"], name="rule_by_terms")]

    def __str__(self) -> str:
        return self.code
