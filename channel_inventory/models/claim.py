from django.db import models
from django.db.models import Q

from channel_inventory.choices import ClaimLineState, ClaimReason, ClaimState
from tenancy.fields import TenantKey
from tenancy.models import BulkModel, TenantModel


class Claim(TenantModel):
    """What one partner report claims in one currency. Lines that are certified later join the claim of their report."""

    number = models.CharField(max_length=20)
    partner = TenantKey("parties.Party", related_name="+")
    batch = TenantKey("exchange.ImportBatch", related_name="+")
    currency = models.CharField(max_length=3)
    received_on = models.DateField(help_text="Ageing runs from this day")
    state = models.CharField(max_length=8, choices=ClaimState, default=ClaimState.OPEN)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="claim_number_once"),
            models.UniqueConstraint(fields=["tenant", "batch", "currency"], name="claim_of_report_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "-id"], name="claim_newest"),
            models.Index(fields=["tenant", "partner", "-id"], name="claim_of_partner"),
        ]

    def __str__(self) -> str:
        return self.number


class ClaimLine(BulkModel):
    """The claim of one POS line: what the rule gives, and what was decided. Negative: a return bills back to book.

    `amount` is in minor units: round-half-up of the sum over the layers of quantity × (basis − agreed cost). `receipt`
    holds every input, rule version and step, so that it can be replayed.
    """

    claim = TenantKey("channel_inventory.Claim", related_name="lines")
    pos_line = TenantKey("channel_inventory.PosLine", related_name="claim_lines")
    partner = TenantKey("parties.Party", related_name="+")
    end_buyer = TenantKey("parties.Party", null=True, related_name="+")
    product = TenantKey("catalog.Product", related_name="+")
    agreement_line = TenantKey("pricing.AgreementLine", null=True, related_name="+")
    quantity = models.BigIntegerField(help_text="What the agreement covers; its cap may leave less than was sold")
    agreed_cost = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField(help_text="Minor units")
    claimed_amount = models.BigIntegerField(null=True, help_text="Minor units, as the partner reckons")
    state = models.CharField(max_length=8, choices=ClaimLineState, default=ClaimLineState.PENDING)
    reason = models.CharField(max_length=2, choices=ClaimReason, blank=True, help_text="X12 901, the first that holds")
    findings = models.JSONField(default=list, help_text="[{code, message, is_denial}]")
    receipt = models.JSONField(default=dict)
    consumed_qty = models.BigIntegerField(default=0, help_text="Taken from the agreement's cap at approval")
    reverses = TenantKey("self", null=True, related_name="+", help_text="The line that a return or correction undoes")
    credit = TenantKey("channel_inventory.ClaimCredit", null=True, related_name="lines")
    decided_by = TenantKey("tenancy.Member", null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "pos_line"],
                condition=Q(reverses__isnull=True) & ~Q(state=ClaimLineState.REVERSED),
                name="claim_line_of_pos_line_once",
            ),
            models.CheckConstraint(
                condition=Q(credit__isnull=True) | Q(state__in=[ClaimLineState.APPROVED, ClaimLineState.REVERSED]),
                name="claim_line_credited_was_approved",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "claim", "id"], name="claim_lines"),
            models.Index(fields=["tenant", "state", "-id"], name="claim_line_by_state"),
            models.Index(fields=["tenant", "pos_line"], name="claim_line_of_pos_line"),
            models.Index(
                fields=["tenant", "agreement_line"],
                name="claim_line_of_agreement",
                condition=Q(agreement_line__isnull=False),
            ),
            models.Index(
                fields=["tenant", "reverses"], name="claim_line_reversed", condition=Q(reverses__isnull=False)
            ),
            models.Index(
                fields=["tenant", "partner", "currency"],
                name="claim_line_to_credit",
                condition=Q(state=ClaimLineState.APPROVED, credit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.pk} of {self.claim_id}"


class ClaimCredit(TenantModel):
    """The credit memo that settles approved claim lines: its own gapless number, one partner and currency."""

    number = models.CharField(max_length=20)
    partner = TenantKey("parties.Party", related_name="+")
    currency = models.CharField(max_length=3)
    credit_date = models.DateField()
    total = models.BigIntegerField(help_text="Minor units, positive: what the partner gets")
    issued_by = TenantKey("tenancy.Member", null=True, related_name="+")
    issued_at = models.DateTimeField()
    frozen = models.JSONField(default=dict, help_text="All that is printed")
    file = TenantKey("jobs.GeneratedFile", null=True, related_name="+", help_text="The PDF")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "number"], name="claim_credit_number_once")]
        indexes = [models.Index(fields=["tenant", "partner", "-id"], name="claim_credit_of_partner")]

    def __str__(self) -> str:
        return self.number
