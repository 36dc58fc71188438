from django.db import models

from metrics.choices import RunKind
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class SnapshotRun(TenantModel):
    """One run: what it covered, what it counted, how long it took, and whether it reconciles to the ledger.

    A rebuild works in several transactions and writes its row first: while `finished_at` is empty the snapshot is in
    pieces, readers go to the ledger, and the next run makes everything anew.
    """

    kind = models.CharField(max_length=7, choices=RunKind, default=RunKind.NIGHTLY)
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
