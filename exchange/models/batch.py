from django.db import models

from exchange.choices import BatchState
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class ImportBatch(TenantModel):
    """One file that came in, whole: what it was, what was found, what was taken."""

    kind = models.CharField(max_length=30)
    file = TenantKey("jobs.GeneratedFile")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    party_id = models.BigIntegerField(null=True, help_text="The partner whose file it is")
    state = models.CharField(max_length=12, choices=BatchState, default=BatchState.RECEIVED)
    row_count = models.PositiveIntegerField(default=0)
    accepted_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0)
    warnings_accepted_at = models.DateTimeField(null=True)
    warnings_accepted_by = TenantKey("tenancy.Member", null=True)
    message = models.TextField(blank=True, help_text="Why the file as a whole could not be read, or waits")
    mapping = models.JSONField(default=dict, help_text="Column map, date and decimal format used")
    preview = models.JSONField(default=dict, help_text="What its page tells, as it was found; empty: look it up")
    error_file = TenantKey("jobs.GeneratedFile", null=True)
    uploaded_by = TenantKey("tenancy.Member", null=True)
    uploaded_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "-id"], name="batch_newest"),
            models.Index(fields=["tenant", "kind", "sha256"], name="batch_by_content"),
        ]

    def __str__(self) -> str:
        return self.file_name
