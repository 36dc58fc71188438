from django.db import models
from django.db.models import Q

from fulfilment.choices import LIVE, Channel, ShipRequestStatus
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class ShipRequest(TenantModel):
    """What a site is told to ship, with its terms frozen. Immutable: a change is a new revision that supersedes.

    `frozen` is the whole instruction as the dock reads it (parties, addresses, three payers, account, Incoterm,
    check list); `fingerprint` is its SHA-256. Editing a rule, a party or terms later changes nothing here.
    """

    number = models.CharField(max_length=20)
    revision = models.PositiveSmallIntegerField(default=1)
    supersedes = TenantKey("self", null=True)
    changes = models.JSONField(default=list, help_text="What this revision changed, in words")
    order = TenantKey("orders.Order", related_name="ship_requests")
    site_party = TenantKey("parties.Party", help_text="Whose dock it is; that party's members see it")
    site = TenantKey("parties.Location")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.SCREEN)
    status = models.CharField(max_length=12, choices=ShipRequestStatus, default=ShipRequestStatus.RELEASED)
    ship_by_date = models.DateField()
    terms = TenantKey("shipping.ShippingTerms", help_text="Where the frozen terms came from")
    frozen = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    packet = TenantKey("jobs.GeneratedFile", null=True, help_text="The instruction PDF")
    released_by = TenantKey("tenancy.Member", null=True)
    released_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True, default="", help_text="Why it was released, if said")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number", "revision"], name="ship_request_revision_once"),
            models.UniqueConstraint(
                fields=["tenant", "number"],
                condition=Q(status__in=[str(status) for status in LIVE]),
                name="ship_request_one_live_revision",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "order"], name="ship_request_of_order"),
            models.Index(fields=["tenant", "site_party", "status", "ship_by_date"], name="ship_request_of_site"),
            models.Index(fields=["tenant", "-id"], name="ship_request_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.number} rev {self.revision}"


class ShipRequestLine(TenantModel):
    """One schedule on a ship request, with what the dock needs to read frozen beside it."""

    ship_request = TenantKey("fulfilment.ShipRequest", related_name="lines")
    position = models.PositiveSmallIntegerField()
    order_line = TenantKey("orders.OrderLine")
    schedule = TenantKey("orders.Schedule")
    quantity = models.BigIntegerField()
    shipped_qty = models.BigIntegerField(default=0)
    frozen = models.JSONField(help_text="sku, customer part, description, unit, PO line, end buyer, weight")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "ship_request", "position"], name="ship_request_position_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0, shipped_qty__gte=0), name="ship_request_line_positive"),
        ]
        indexes = [models.Index(fields=["tenant", "schedule"], name="ship_request_of_schedule")]

    def __str__(self) -> str:
        return f"{self.position} of {self.ship_request_id}"
