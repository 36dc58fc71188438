from django.db import models
from django.db.models import Q

from tenancy.models import BulkModel


class DeliveryOutcome(BulkModel):
    """How the dates of one schedule were kept, once nothing but a new ledger row can change it.

    Every schedule that the last run saw has a row. `settled_on` is the day from whose close on the row holds: as of an
    earlier day, and while it is 2199-12-31 (not settled), the schedule is classed from orders and ledger, and the other
    columns may be empty. Keys are those that the line names, copies without constraints of their own; the sell-to, what
    was merged since, families and windows are looked up by the reader.

    `*_need` is the window in business days that the shipment takes to be on time: 0 on the day itself, below zero
    before, above zero after it. `*_off` is how many business days lie between the date and the shipment.
    """

    pk = models.CompositePrimaryKey("tenant_id", "schedule_id")
    schedule_id = models.BigIntegerField()
    order_id = models.BigIntegerField()
    line_id = models.BigIntegerField()
    end_buyer_id = models.BigIntegerField(help_text="0: none named")
    product_id = models.BigIntegerField()
    site_id = models.BigIntegerField(help_text="0: none named")
    quantity = models.BigIntegerField()
    settled_on = models.DateField()
    request_date = models.DateField()
    first_commit = models.DateField(null=True)
    current_commit = models.DateField(null=True, help_text="The one that counts: a miss stays, whatever came after it")
    actual = models.DateField(null=True)
    slip_days = models.IntegerField()
    moves = models.SmallIntegerField()
    supplier_moves = models.SmallIntegerField()
    customer_moves = models.SmallIntegerField()
    request_need = models.SmallIntegerField(null=True)
    request_off = models.SmallIntegerField(null=True)
    first_need = models.SmallIntegerField(null=True)
    first_off = models.SmallIntegerField(null=True)
    current_need = models.SmallIntegerField(null=True)
    current_off = models.SmallIntegerField(null=True)
    is_excluded = models.BooleanField(help_text="Cancelled before each of its dates, or of a blanket or sample order")
    is_dock = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "settled_on"], name="outcome_settled"),
            # arrivals are compared with those in the schedules: few rows, in most tenants none
            models.Index(fields=["tenant", "schedule_id"], name="outcome_docked", condition=Q(is_dock=True)),
        ]

    def __str__(self) -> str:
        return f"schedule {self.schedule_id}"
