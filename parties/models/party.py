from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from parties.choices import PartyStatus
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Party(TenantModel):
    """A company we deal with, or a branch of one. What it is to us are its roles, and it may hold several."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=16, help_text="For dense tables")
    normalised_name = models.CharField(max_length=200, help_text="What matching compares; see values.text")
    parent = TenantKey("self", null=True, blank=True)
    country = models.CharField(max_length=2, help_text="ISO 3166-1")
    currency = models.CharField(max_length=3, blank=True, help_text="Default of new orders; empty: the tenant's")
    payment_terms_days = models.PositiveSmallIntegerField(default=30)
    credit_limit = models.DecimalField(
        max_digits=18,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="In the party's currency; empty: no limit",
    )
    early_days = models.PositiveSmallIntegerField(default=3, help_text="Business days that it accepts goods early")
    late_days = models.PositiveSmallIntegerField(default=0, help_text="Business days that it accepts goods late")
    status = models.CharField(max_length=8, choices=PartyStatus, default=PartyStatus.ACTIVE)
    is_end_buyer_required = models.BooleanField(
        default=False, help_text="Orders of this sell-to must name an end buyer on every line"
    )
    merged_into = TenantKey("self", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="party_code_once"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="party_not_own_parent"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="party_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "normalised_name"], name="party_by_name"),
            GinIndex(OpClass("normalised_name", "gin_trgm_ops"), name="party_name_text"),
            models.Index(fields=["tenant", "parent"], name="party_by_parent", condition=Q(parent__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
