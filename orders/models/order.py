from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from orders.choices import OPEN_ORDERS, OrderSource, OrderStatus, OrderType
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Order(TenantModel):
    """A purchase order accepted from a sell-to. End buyer, ship-to and dates sit on the lines.

    `version` rises with every change and guards edits. The figures below it are kept by the actions, in the same
    transaction as the ledger rows they sum, so that a list of orders reads one table.
    """

    number = models.CharField(max_length=20)
    sell_to = TenantKey("parties.Party")
    bill_to = TenantKey("parties.Party")
    customer_po = models.CharField(max_length=60)
    customer_po_key = models.CharField(max_length=60, help_text="As compared: upper case, no blanks")
    order_type = models.CharField(max_length=12, choices=OrderType, default=OrderType.STANDARD)
    blanket = TenantKey("self", null=True, blank=True, help_text="The blanket order this one releases from")
    valid_to = models.DateField(null=True, blank=True, help_text="Blanket: the last day of its releases; empty: open")
    currency = models.CharField(max_length=3)
    order_date = models.DateField(help_text="The customer's PO date")
    source = models.CharField(max_length=4, choices=OrderSource, default=OrderSource.FORM)
    import_batch = TenantKey("exchange.ImportBatch", null=True, blank=True)
    default_end_buyer = TenantKey("parties.Party", null=True, blank=True, help_text="For new lines only")
    default_ship_to = TenantKey("parties.Location", null=True, blank=True)
    default_request_date = models.DateField(null=True, blank=True)
    entered_by = TenantKey("tenancy.Member", null=True)
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    status = models.CharField(max_length=12, choices=OrderStatus, default=OrderStatus.ENTERED)
    line_count = models.PositiveIntegerField(default=0)
    hold_count = models.PositiveIntegerField(default=0)
    value = models.BigIntegerField(default=0, help_text="All lines, in minor units of the currency")
    open_value = models.BigIntegerField(default=0)
    next_request_date = models.DateField(null=True)
    next_commit_date = models.DateField(null=True)
    has_uncommitted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "number"], name="order_number_once")]
        indexes = [
            models.Index(fields=["tenant", "-id"], name="order_newest"),
            models.Index(fields=["tenant", "sell_to", "-id"], name="order_by_sell_to"),
            models.Index(fields=["tenant", "status", "-id"], name="order_by_status"),
            models.Index(fields=["tenant", "sell_to", "customer_po_key"], name="order_by_po"),
            models.Index("tenant", OpClass("customer_po_key", "text_pattern_ops"), name="order_po_prefix"),
            GinIndex(OpClass("customer_po_key", "gin_trgm_ops"), name="order_po_text"),
            models.Index(fields=["tenant", "order_date", "id"], name="order_by_date"),
            models.Index(fields=["tenant", "blanket"], name="order_of_blanket", condition=Q(blanket__isnull=False)),
            models.Index(fields=["tenant", "bill_to"], name="order_open_of_bill_to", condition=Q(open_value__gt=0)),
            models.Index(fields=["tenant", "-id"], name="order_held", condition=Q(hold_count__gt=0)),
            models.Index(fields=["tenant", "-id"], name="order_open", condition=Q(status__in=OPEN_ORDERS)),
            # nearly all are shipped, but none of the newest: by order_newest they would be walked over
            models.Index(fields=["tenant", "-id"], name="order_shipped", condition=Q(status="shipped")),
            models.Index(fields=["tenant", "-id"], name="order_uncommitted", condition=Q(has_uncommitted=True)),
            models.Index(
                fields=["tenant", "next_request_date", "id"],
                name="order_next_request",
                condition=Q(next_request_date__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number
