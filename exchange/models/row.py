from django.db import models

from exchange.choices import RowChange, RowState
from tenancy.fields import TenantKey
from tenancy.models import BulkModel


class ImportRow(BulkModel):
    """One source row as received, what it was read as, and what was found. Never lost, whatever is wrong with it."""

    batch = TenantKey("exchange.ImportBatch", related_name="rows")
    number = models.PositiveIntegerField(help_text="As a person counts: the line or row in the file")
    source = models.JSONField(help_text="Column heading to text, as received")
    values = models.JSONField(default=dict, help_text="Canonical column to value, resolved ids included")
    state = models.CharField(max_length=9, choices=RowState, default=RowState.STAGED)
    change = models.CharField(max_length=9, choices=RowChange, blank=True, default="")
    findings = models.JSONField(default=list, help_text="[{severity, field, code, message}]")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "batch", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["tenant", "batch", "state", "number"], name="import_row_by_state")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.batch_id}"
