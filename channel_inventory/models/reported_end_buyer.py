from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from channel_inventory.choices import CertificationMethod, TextState
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class ReportedEndBuyer(TenantModel):
    """An end buyer as one partner reports it, text for text, beside what it was resolved to.

    One row a distinct text: thousands of lines name the same customer, and are certified by one decision. `text_key`
    is the md5 of code, name, address, city, postcode and country, each normalised, joined by `|`.
    """

    partner = TenantKey("parties.Party", related_name="+")
    text_key = models.CharField(max_length=32)
    code = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=60, blank=True)
    normalised_name = models.CharField(max_length=200)
    normalised_address = models.CharField(max_length=300, blank=True)
    first_seen_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=TextState, default=TextState.OPEN)
    party = TenantKey("parties.Party", null=True, related_name="+")
    method = models.CharField(max_length=7, choices=CertificationMethod, blank=True)
    score = models.DecimalField(max_digits=4, decimal_places=3, null=True, help_text="Trigram similarity, 0 to 1")
    alias = TenantKey("parties.PartyAlias", null=True, related_name="+", help_text="Learnt by this decision")
    decided_by = TenantKey("tenancy.Member", null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "partner", "text_key"], name="reported_end_buyer_once"),
            models.CheckConstraint(
                condition=models.Q(state=TextState.CERTIFIED, party__isnull=False)
                | (~models.Q(state=TextState.CERTIFIED) & models.Q(party__isnull=True)),
                name="reported_end_buyer_certified_has_party",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "id"], name="reported_end_buyer_queue"),
            models.Index(fields=["tenant", "party"], name="reported_end_buyer_of_party"),
            models.Index(
                fields=["tenant", "decided_by", "-decided_at"],
                name="reported_end_buyer_decided",
                condition=models.Q(decided_by__isnull=False),
            ),
            GinIndex(OpClass("normalised_name", "gin_trgm_ops"), name="reported_end_buyer_text"),
        ]

    def __str__(self) -> str:
        return self.name
