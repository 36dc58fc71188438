from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from channel_inventory.choices import LiabilityEntry, LiabilityKind
from tenancy.fields import TenantKey
from tenancy.models import BulkModel


class LiabilityLedger(BulkModel):
    """What we owe partners after the sale, append-only, in minor units.

    Open at a day = the sum of both buckets over `business_date` up to it. Dimensions are repeated on the row.
    `received_on` is the day the claim came, from which claimed amounts age; estimates are unaged.
    """

    kind = models.CharField(max_length=14, choices=LiabilityKind)
    entry = models.CharField(max_length=7, choices=LiabilityEntry)
    estimated = models.BigIntegerField(default=0)
    claimed = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    partner = TenantKey("parties.Party", related_name="+")
    end_buyer = TenantKey("parties.Party", null=True, related_name="+")
    product = TenantKey("catalog.Product", null=True, related_name="+")
    agreement = TenantKey("pricing.Agreement", null=True, related_name="+")
    period = models.DateField(help_text="First day of the fiscal period of the resale")
    business_date = models.DateField()
    event_date = models.DateField()
    recorded_at = models.DateTimeField()
    received_on = models.DateField(null=True)
    claim_line = TenantKey("channel_inventory.ClaimLine", null=True, related_name="liability")
    credit = TenantKey("channel_inventory.ClaimCredit", null=True, related_name="+")
    reverses = TenantKey("self", null=True, related_name="+")
    actor = TenantKey("tenancy.Member", null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    source_key = models.CharField(max_length=120, help_text="What asked for it; the same asked twice is one row")

    class Meta:
        verbose_name_plural = "liability ledger"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "source_key"], name="liability_source_once"),
            models.CheckConstraint(
                condition=Q(entry__in=[LiabilityEntry.ACCRUE, LiabilityEntry.ADJUST, LiabilityEntry.DENY], claimed=0)
                | Q(entry=LiabilityEntry.SETTLE, estimated=0)
                | Q(entry__in=[LiabilityEntry.APPROVE, LiabilityEntry.REVERSE]),
                name="liability_buckets_by_entry",
            ),
            models.CheckConstraint(
                condition=~Q(entry=LiabilityEntry.SETTLE) | Q(credit__isnull=False), name="liability_settle_has_credit"
            ),
            models.CheckConstraint(
                condition=~Q(entry=LiabilityEntry.REVERSE) | Q(reverses__isnull=False),
                name="liability_reverse_names_row",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partner", "business_date"], name="liability_of_partner"),
            models.Index(fields=["tenant", "business_date"], name="liability_by_day"),
            models.Index(
                fields=["tenant", "claim_line"], name="liability_of_claim_line", condition=Q(claim_line__isnull=False)
            ),
            models.Index(fields=["tenant", "credit"], name="liability_of_credit", condition=Q(credit__isnull=False)),
            BrinIndex(fields=["recorded_at"], name="liability_by_recording", pages_per_range=32, autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.estimated} {self.claimed}"
