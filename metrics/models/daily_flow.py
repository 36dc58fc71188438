from django.db import models

from metrics.models.derived import DerivedModel


def flow() -> models.BigIntegerField:
    return models.BigIntegerField(null=True)


class DailyFlow(DerivedModel):
    """What one business day did to one key; a day without bookings, shipments or billings of a key has no row.

    Derived from the order ledger and rebuildable to the same cent. Values are minor units of `currency`, `*_reporting`
    those of the tenant's currency at the ledger's rates. All are signed as in the ledger: effects on backlog for the
    first eight kinds (decreases, cancels and shipments are negative), as billed for the last two (credits are
    negative). Empty means that no ledger row of the kind was there. Gross bookings = booked + increase, and `backlog_*`
    is the sum of the first eight kinds.
    """

    pk = models.CompositePrimaryKey("tenant_id", "day", "sell_to_id", "end_buyer_id", "product_id", "currency")
    day = models.DateField()
    booked_qty = flow()
    booked_value = flow()
    booked_reporting = flow()
    increase_qty = flow()
    increase_value = flow()
    increase_reporting = flow()
    decrease_qty = flow()
    decrease_value = flow()
    decrease_reporting = flow()
    cancel_qty = flow()
    cancel_value = flow()
    cancel_reporting = flow()
    price_value = flow()
    price_reporting = flow()
    transfer_qty = flow()
    transfer_value = flow()
    transfer_reporting = flow()
    shipped_qty = flow()
    shipped_value = flow()
    shipped_reporting = flow()
    unshipped_qty = flow()
    unshipped_value = flow()
    unshipped_reporting = flow()
    invoiced_qty = flow()
    invoiced_value = flow()
    invoiced_reporting = flow()
    credited_qty = flow()
    credited_value = flow()
    credited_reporting = flow()
    backlog_qty = flow()
    backlog_value = flow()
    backlog_reporting = flow()
    unrated_value = models.BigIntegerField(
        null=True, help_text="The part of the change in backlog for which no rate was known, in minor units of currency"
    )
    unbilled_value = models.BigIntegerField(
        null=True, help_text="The change in what has shipped and is not billed; a quantity credit takes a bill back"
    )
    unrated_rows = models.IntegerField(help_text="Ledger rows with a value but without a rate")
    row_count = models.IntegerField(help_text="Ledger rows behind this one")

    def __str__(self) -> str:
        return f"{self.day} {self.sell_to_id}"
