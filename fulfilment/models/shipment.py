from django.db import models
from django.db.models import Q

from fulfilment.choices import ShipmentStatus
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Shipment(TenantModel):
    """What a site says really left, on which account and under which terms."""

    number = models.CharField(max_length=20)
    order = TenantKey("orders.Order", related_name="shipments")
    ship_request = TenantKey("fulfilment.ShipRequest", null=True, related_name="shipments", help_text="Empty: history")
    site_party = TenantKey("parties.Party", null=True)
    ship_date = models.DateField()
    carrier_code = models.CharField(max_length=20, blank=True)
    service = models.CharField(max_length=60, blank=True)
    account_number = models.CharField(max_length=40, blank=True)
    incoterm = models.CharField(max_length=3, blank=True)
    tracking = models.CharField(max_length=80, blank=True)
    delivered_date = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=9, choices=ShipmentStatus, default=ShipmentStatus.CONFIRMED)
    invoice = TenantKey("orders.Invoice", null=True)
    source_key = models.CharField(max_length=120, null=True, help_text="The same answer sent twice is one shipment")
    confirmed_by = TenantKey("tenancy.Member", null=True)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="shipment_number_once"),
            models.UniqueConstraint(
                fields=["tenant", "source_key"],
                condition=Q(source_key__isnull=False),
                name="shipment_source_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "order"], name="shipment_of_order"),
            models.Index(fields=["tenant", "ship_request"], name="shipment_of_request"),
            models.Index(fields=["tenant", "-id"], name="shipment_newest"),
            models.Index(fields=["tenant", "tracking"], name="shipment_by_tracking", condition=~Q(tracking="")),
            models.Index(fields=["tenant", "ship_date"], name="shipment_unbilled", condition=Q(invoice__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number


class ShipmentLine(TenantModel):
    shipment = TenantKey("fulfilment.Shipment", related_name="lines")
    ship_request_line = TenantKey("fulfilment.ShipRequestLine", null=True)
    order_line = TenantKey("orders.OrderLine")
    schedule = TenantKey("orders.Schedule")
    quantity = models.BigIntegerField()
    value = models.BigIntegerField(help_text="Minor units that left the backlog; what will be billed")
    reporting = models.BigIntegerField(null=True, help_text="The same in the tenant's currency; empty: no rate")
    lot = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "shipment"], name="shipment_lines"),
            models.Index(fields=["tenant", "schedule"], name="shipment_line_of_schedule"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.order_line_id}"
