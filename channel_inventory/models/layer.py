from django.db import models
from django.db.models import F, Q

from channel_inventory.choices import ConsumptionKind, LayerKind, Ownership
from tenancy.fields import TenantKey
from tenancy.models import BulkModel, TenantModel


class CostLayer(TenantModel):
    """What one sell-in row still holds, at its own cost; layers are never merged.

    `unit_cost` is the invoice price, `net_cost` that less every earlier credit on a unit of it. `remaining` is kept in
    step with the consumption rows, whose sum proves it. Layers belong to the partner as a whole: its branches move
    goods among themselves without telling.
    """

    partner = TenantKey("parties.Party", related_name="+")
    product = TenantKey("catalog.Product", related_name="+")
    ownership = models.CharField(max_length=6, choices=Ownership, default=Ownership.THEIRS)
    kind = models.CharField(max_length=8, choices=LayerKind, default=LayerKind.SELL_IN)
    stock_row = TenantKey("channel_inventory.StockLedger", related_name="+")
    received_on = models.DateField(help_text="FIFO runs by this day, then by key")
    quantity = models.BigIntegerField()
    remaining = models.BigIntegerField()
    unit_cost = models.DecimalField(max_digits=18, decimal_places=6)
    net_cost = models.DecimalField(max_digits=18, decimal_places=6)
    currency = models.CharField(max_length=3)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "stock_row"], name="layer_of_stock_row"),
            models.CheckConstraint(
                condition=Q(remaining__gte=0, remaining__lte=F("quantity")), name="layer_remaining_within"
            ),
            models.CheckConstraint(
                condition=Q(net_cost__gte=0, net_cost__lte=F("unit_cost")), name="layer_net_cost_within"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partner", "product", "received_on", "id"], name="layer_fifo"),
            models.Index(
                fields=["tenant", "partner", "product", "received_on"],
                name="layer_open",
                condition=Q(remaining__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remaining} of {self.quantity} at {self.unit_cost}"


class LayerConsumption(BulkModel):
    """Which layer a sale took its units from, at which cost; append-only.

    A return or a correction writes rows that reverse named rows (`quantity` negative). A shortage names no layer and
    carries the book price of its day; the next sell-in trues it up: its reverse, and a `true_up` on the new layer.

    `pos_line` is the line that caused the row: the sale, or the return that gives units back. Goods that come back to
    us have no such line; there the ledger row is named. A correction undoes each row for the line that caused it, so
    the rows of a line always add up to what the line moved.
    """

    pos_line = TenantKey("channel_inventory.PosLine", null=True, related_name="consumption")
    stock_row = TenantKey("channel_inventory.StockLedger", null=True, related_name="+", help_text="Of a return to us")
    layer = TenantKey("channel_inventory.CostLayer", null=True, related_name="consumption")
    kind = models.CharField(max_length=8, choices=ConsumptionKind)
    quantity = models.BigIntegerField()
    unit_cost = models.DecimalField(max_digits=18, decimal_places=6, null=True, help_text="Empty: no book price known")
    currency = models.CharField(max_length=3)
    reverses = TenantKey("self", null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="consumption_quantity_not_zero"),
            models.CheckConstraint(
                condition=Q(kind=ConsumptionKind.REVERSE, quantity__lt=0, reverses__isnull=False)
                | (~Q(kind=ConsumptionKind.REVERSE) & Q(quantity__gt=0)),
                name="consumption_sign_by_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConsumptionKind.SHORTAGE) | Q(layer__isnull=True),
                name="consumption_shortage_has_no_layer",
            ),
            models.CheckConstraint(
                condition=Q(pos_line__isnull=False, stock_row__isnull=True)
                | Q(pos_line__isnull=True, stock_row__isnull=False),
                name="consumption_has_one_cause",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "pos_line"], name="consumption_of_pos_line"),
            models.Index(fields=["tenant", "layer"], name="consumption_of_layer"),
            models.Index(
                fields=["tenant", "reverses"], name="consumption_reversed", condition=Q(reverses__isnull=False)
            ),
            models.Index(
                fields=["tenant", "stock_row"],
                name="consumption_of_return",
                condition=Q(stock_row__isnull=False),
            ),
            models.Index(
                fields=["tenant", "id"],
                name="consumption_short",
                condition=Q(kind=ConsumptionKind.SHORTAGE, reverses__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"
