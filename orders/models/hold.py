from django.db import models
from django.db.models import Q

from orders.choices import HoldKind, HoldScope
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Hold(TenantModel):
    """Why a line may not be booked, or not be released. Kept after its release, with who and why."""

    order = TenantKey("orders.Order", related_name="holds")
    line = TenantKey("orders.OrderLine", related_name="holds")
    kind = models.CharField(max_length=18, choices=HoldKind)
    scope = models.CharField(max_length=8, choices=HoldScope)
    message = models.CharField(max_length=300)
    placed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = TenantKey("tenancy.Member", null=True)
    release_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "line", "kind"],
                condition=Q(released_at__isnull=True),
                name="hold_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "order"], name="hold_of_order"),
            models.Index(fields=["tenant", "kind", "-id"], name="hold_open", condition=Q(released_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.line_id}"
