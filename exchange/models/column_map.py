from django.db import models
from django.db.models.functions import Coalesce

from tenancy.models import TenantModel


class ColumnMap(TenantModel):
    """A sender's own headings and formats for one kind of file, mapped once and remembered."""

    kind = models.CharField(max_length=30)
    party_id = models.BigIntegerField(null=True, help_text="The sender; empty: our own people")
    headings = models.JSONField(default=dict, help_text="Canonical column to the sender's heading")
    date_format = models.CharField(max_length=20, blank=True, help_text="strptime form; empty: ISO")
    decimal_comma = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint("tenant", "kind", Coalesce("party_id", 0), name="column_map_once")]

    def __str__(self) -> str:
        return self.kind
