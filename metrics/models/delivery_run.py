from django.db import models

from metrics.choices import RunKind
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class DeliveryRun(TenantModel):
    """One refresh of the outcomes. Readers take what stands in them, and what was recorded since from the ledger.

    `calendars` says by which holidays the business days were counted, and `places` in which countries the places up to
    `last_place` lie: when either has changed, nothing is read from the outcomes and the next run makes them anew.
    """

    kind = models.CharField(max_length=7, choices=RunKind, default=RunKind.NIGHTLY)
    night = models.DateField(help_text="The business day it closes")
    job = TenantKey("jobs.JobRequest", null=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    recorded_through = models.DateTimeField(help_text="Ledger rows recorded up to here are in")
    calendars = models.CharField(max_length=40)
    last_place = models.BigIntegerField()
    places = models.CharField(max_length=32)
    orders = models.IntegerField(null=True, help_text="Orders with news whose schedules were made anew; empty: all")
    schedule_rows = models.BigIntegerField(help_text="Rows written")
    settled_rows = models.BigIntegerField(help_text="Those of them that are settled")

    class Meta:
        indexes = [models.Index(fields=["tenant", "-id"], name="delivery_run_newest")]

    def __str__(self) -> str:
        return str(self.night)
