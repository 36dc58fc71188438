from django.db import models

from channel_inventory.choices import GapClass
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class StockPosition(TenantModel):
    """How much of a product a partner holds as a whole, and how that compares with what it reports.

    Derived: made again from the ledgers whenever one of them moves, and every night. Quantities are in the product's
    own unit. `reported` is the newest report, all its locations of that day together; `computed` is the ledger up to
    that same day. Weeks of supply are `on_hand` over the mean weekly sales of the thirteen weeks that end on `as_of`.
    """

    partner = TenantKey("parties.Party", related_name="+")
    product = TenantKey("catalog.Product", related_name="+")
    as_of = models.DateField()
    on_hand = models.BigIntegerField()
    shortage = models.BigIntegerField(help_text="Sold beyond what we knew of")
    sold = models.BigIntegerField(help_text="In thirteen weeks, less returns")
    weeks = models.DecimalField(max_digits=12, decimal_places=1, null=True, help_text="Empty: no demand")
    weeks_before = models.DecimalField(max_digits=12, decimal_places=1, null=True, help_text="Four weeks earlier")
    is_building_up = models.BooleanField(default=False)
    reported = models.BigIntegerField(null=True)
    reported_on = models.DateField(null=True)
    computed = models.BigIntegerField(null=True, help_text="On the day of the report")
    gap = models.BigIntegerField(null=True, help_text="Reported less computed")
    gap_class = models.CharField(max_length=12, choices=GapClass, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "partner", "product"], name="stock_position_once")]
        indexes = [
            models.Index(fields=["tenant", "on_hand", "id"], name="stock_position_by_quantity"),
            models.Index(fields=["tenant", "product", "id"], name="stock_position_of_product"),
            models.Index(
                fields=["tenant", "id"], name="stock_position_building_up", condition=models.Q(is_building_up=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_hand} on {self.as_of}"
