from django.db import models
from django.db.models import F, Q

from pricing.choices import AgreementStatus, Mechanism
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Agreement(TenantModel):
    """A special price for one end buyer, or (without one) the contract price of one sell-to. One row a revision."""

    number = models.CharField(max_length=40)
    revision = models.PositiveSmallIntegerField(default=1)
    mechanism = models.CharField(max_length=14, choices=Mechanism)
    end_buyer = TenantKey("parties.Party", null=True, blank=True)
    sell_to = TenantKey("parties.Party", null=True, blank=True, help_text="Empty: any sell-to")
    project = models.CharField(max_length=60, blank=True, help_text="Applies only where this project is named")
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    valid_to = models.DateField()
    status = models.CharField(max_length=10, choices=AgreementStatus, default=AgreementStatus.DRAFT)
    note = models.TextField(blank=True)
    approved_by = TenantKey("tenancy.Member", null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number", "revision"], name="agreement_revision_once"),
            models.UniqueConstraint(
                fields=["tenant", "number"],
                condition=Q(status=AgreementStatus.APPROVED),
                name="agreement_one_approved_revision",
            ),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="agreement_dates_ordered"),
            models.CheckConstraint(
                condition=Q(end_buyer__isnull=False) | Q(sell_to__isnull=False),
                name="agreement_names_somebody",
            ),
            models.CheckConstraint(
                condition=Q(end_buyer__isnull=False) | Q(mechanism=Mechanism.DIRECT),
                name="agreement_contract_is_direct",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "end_buyer", "status"], name="agreement_of_end_buyer"),
            models.Index(fields=["tenant", "sell_to", "status"], name="agreement_of_sell_to"),
        ]

    def __str__(self) -> str:
        return self.number
