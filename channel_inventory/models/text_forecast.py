from django.db import models

from tenancy.fields import TenantKey
from tenancy.models import BulkModel


class TextForecast(BulkModel):
    """What the lines of a waiting text would claim if it were certified to this end buyer, as of an instant.

    The candidates of a text are numbered by `place`, the likest first. `claims` says by agreement, as
    `[{number, currency, lines, amount, denied}]`: how many lines claim how much in minor units, and how many a finding
    denies. Derived: made when a report leaves texts open, and anew every night.
    """

    text = TenantKey("channel_inventory.ReportedEndBuyer", related_name="forecasts")
    place = models.PositiveSmallIntegerField()
    party = TenantKey("parties.Party", related_name="+")
    likeness = models.DecimalField(max_digits=4, decimal_places=3, help_text="Trigram similarity, 0.3 to 1")
    claims = models.JSONField(default=list)
    worth = models.DecimalField(
        max_digits=20, decimal_places=2, help_text="In the reporting currency, to find an order by"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "text", "place"], name="text_forecast_once")]
        indexes = [models.Index(fields=["tenant", "party"], name="text_forecast_of_party")]

    def __str__(self) -> str:
        return f"{self.party_id} for {self.text_id}"
