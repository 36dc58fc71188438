from django.db import models
from django.db.models import Q

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class ShipmentException(TenantModel):
    """One field in which the dock's answer differs from the request. Somebody must clear it, with a reason."""

    shipment = TenantKey("fulfilment.Shipment", related_name="exceptions")
    ship_request_line = TenantKey("fulfilment.ShipRequestLine", null=True)
    field = models.CharField(max_length=30, help_text="quantity, carrier, service, account, incoterm, ship_date")
    requested = models.CharField(max_length=200)
    answered = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = TenantKey("tenancy.Member", null=True)
    clear_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "shipment"], name="exception_of_shipment"),
            models.Index(fields=["tenant", "-id"], name="exception_open", condition=Q(cleared_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.requested} / {self.answered}"
