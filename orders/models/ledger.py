from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from orders.choices import RARE_VERBS, Initiator, OrderType, Verb
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class OrderLedger(TenantModel):
    """What happened to every schedule, append-only: the source of bookings, billings and backlog.

    A mutable order cannot answer "backlog as of last month"; these rows can. Amounts are integer minor units.
    For the backlog verbs the deltas are signed effects on open backlog; for `invoiced` and `credited` they are the
    billed amounts (credits negative); date verbs carry zero. `open_qty` and `open_value` are the schedule's state
    after the row. Dimensions are repeated on the row: a party that changes later must not move history.
    """

    order = TenantKey("orders.Order")
    line = TenantKey("orders.OrderLine")
    schedule = TenantKey("orders.Schedule")
    verb = models.CharField(max_length=14, choices=Verb)
    business_date = models.DateField(help_text="The day it counts: event_date, or the first open day after a closing")
    event_date = models.DateField()
    recorded_at = models.DateTimeField(help_text="When we learnt it")
    quantity_delta = models.BigIntegerField(default=0)
    value_delta = models.BigIntegerField(default=0)
    reporting_delta = models.BigIntegerField(
        null=True,
        help_text="value_delta in the tenant's currency, at the line's booking rate or the invoice's",
    )
    open_qty = models.BigIntegerField()
    open_value = models.BigIntegerField()
    unit_price = models.DecimalField(max_digits=18, decimal_places=6)
    currency = models.CharField(max_length=3)
    order_type = models.CharField(max_length=12, choices=OrderType)
    sell_to = TenantKey("parties.Party")
    end_buyer = TenantKey("parties.Party", null=True)
    product = TenantKey("catalog.Product")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True, help_text="booked: the request date; date verbs: the new date")
    days = models.IntegerField(null=True, help_text="Calendar days moved, later is positive")
    initiator = models.CharField(max_length=8, choices=Initiator)
    reason_code = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=300, blank=True)
    actor = TenantKey("tenancy.Member", null=True)
    invoice_line = TenantKey("orders.InvoiceLine", null=True)
    source_key = models.CharField(
        max_length=120, null=True, help_text="What asked for it; the same asked twice is one row"
    )

    class Meta:
        verbose_name_plural = "order ledger"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source_key"],
                condition=Q(source_key__isnull=False),
                name="ledger_source_once",
            ),
            models.CheckConstraint(condition=Q(open_qty__gte=0, open_value__gte=0), name="ledger_open_not_negative"),
        ]
        indexes = [
            models.Index(fields=["tenant", "order", "id"], name="ledger_of_order"),
            models.Index(fields=["tenant", "business_date"], name="ledger_by_day"),
            models.Index(
                fields=["tenant", "recorded_at", "id"], name="ledger_request_moves", condition=Q(verb="request_moved")
            ),
            # what delivery performance cannot read from the schedule: few rows, without a look at the table
            models.Index(
                fields=["tenant", "schedule"],
                include=["verb", "event_date", "recorded_at", "from_date", "to_date", "days", "initiator", "open_qty"],
                name="ledger_of_schedule",
                condition=Q(verb__in=["cancelled", "commit_moved", "qty_decreased", "split"]),
            ),
            # a list of one of them would have to look for it among all that was booked, promised, shipped and billed
            models.Index(fields=["tenant", "verb", "-id"], name="ledger_rare_verbs", condition=Q(verb__in=RARE_VERBS)),
            BrinIndex(fields=["recorded_at"], name="ledger_by_recording", pages_per_range=32, autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.value_delta}"
