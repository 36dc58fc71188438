from django.db import models
from django.db.models import Q

from orders.choices import DateBasis
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Schedule(TenantModel):
    """A part of a line with dates of its own. `first_commit` is frozen at the first promise.

    quantity = open + shipped. `released_qty` is the part of the open quantity that stands on ship requests; of a
    blanket, what its release orders have taken.
    """

    order = TenantKey("orders.Order", related_name="schedules")
    line = TenantKey("orders.OrderLine", related_name="schedules")
    number = models.PositiveIntegerField()
    split_from = TenantKey("self", null=True, blank=True)
    quantity = models.BigIntegerField()
    open_qty = models.BigIntegerField(default=0)
    open_value = models.BigIntegerField(default=0, help_text="Minor units of the order's currency")
    open_reporting = models.BigIntegerField(
        null=True, help_text="open_value in the tenant's currency at the booking rate; empty: no rate was known"
    )
    released_qty = models.BigIntegerField(default=0)
    shipped_qty = models.BigIntegerField(default=0)
    request_date = models.DateField()
    first_commit = models.DateField(null=True, blank=True)
    current_commit = models.DateField(null=True, blank=True)
    ship_date = models.DateField(null=True, blank=True, help_text="Of the latest shipment")
    delivery_date = models.DateField(null=True, blank=True)
    date_basis = models.CharField(max_length=4, choices=DateBasis, default=DateBasis.SHIP)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "line", "number"], name="schedule_number_once"),
            models.CheckConstraint(
                condition=Q(open_qty__gte=0, open_value__gte=0, shipped_qty__gte=0, released_qty__gte=0),
                name="schedule_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(open_qty__gt=0) | Q(open_value=0), name="schedule_zero_quantity_is_zero_value"
            ),
            models.CheckConstraint(
                condition=Q(released_qty__lte=models.F("open_qty")), name="schedule_released_within_open"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "order"], name="schedule_of_order"),
            # only to know whether there are any
            models.Index(fields=["tenant", "id"], name="schedule_docked", condition=Q(date_basis="dock")),
            models.Index(
                fields=["tenant", "request_date", "id"], name="schedule_by_request", condition=Q(open_qty__gt=0)
            ),
            models.Index(
                fields=["tenant", "current_commit", "order"],
                include=["open_qty", "open_value", "request_date"],
                name="schedule_open",
                condition=Q(open_qty__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"schedule {self.number} of {self.line_id}"
