from django.db import models

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class SnapshotRun(TenantModel):
    """One nightly run: what it covered, what it counted, how long it took, and whether it reconciles to the ledger."""

    night = models.DateField(help_text="The business day it closes")
    job = TenantKey("jobs.JobRequest", null=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    recorded_through = models.DateTimeField(help_text="Ledger rows recorded up to here are in")
    days = models.JSONField(default=list, help_text="The touched business days that were made anew")
    ledger_rows = models.BigIntegerField(default=0)
    flow_rows = models.BigIntegerField(default=0)
    position_rows = models.BigIntegerField(default=0)
    reconciliation = models.JSONField(default=dict, help_text="Per currency: ledger, snapshot, difference")
    is_reconciled = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["tenant", "-night", "-id"], name="snapshot_newest")]

    def __str__(self) -> str:
        return str(self.night)
