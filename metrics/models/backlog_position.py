from django.db import models

from metrics.models.derived import DerivedModel


class BacklogPosition(DerivedModel):
    """Open backlog of one key at the close of every day from `valid_from` to `valid_to`, both included.

    Backlog as of a day = the rows with valid_from ≤ day and (valid_to empty or ≥ day). Two rows of a key that follow
    each other differ, and a row of nothing but zeros is not stored, so that there is one way to write a history.
    Values are minor units.
    """

    pk = models.CompositePrimaryKey("tenant_id", "sell_to_id", "product_id", "end_buyer_id", "currency", "valid_from")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    quantity = models.BigIntegerField()
    value = models.BigIntegerField()
    reporting_value = models.BigIntegerField(help_text="In the tenant's currency at booking rates")
    unrated_value = models.BigIntegerField(help_text="The part of value that has no rate and is not in reporting_value")
    unbilled_value = models.BigIntegerField(help_text="Shipped and not billed; no part of backlog")

    class Meta:
        # rows that reach into recent days are few, those that began before them are nearly all
        indexes = [models.Index(fields=["tenant", "valid_to"], name="position_by_end")]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.value}"
