from typing import Any, ClassVar

from django.db import models

from jobs.choices import UNFINISHED, JobState
from jobs.querysets import JobManager
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class JobRequest(TenantModel):
    """Work asked for, as a row written in the asker's transaction. The broker only nudges; this row is the truth."""

    kind = models.CharField(max_length=60)
    unique_key = models.CharField(max_length=200, help_text="The same work asked for twice is one job")
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    due_at = models.DateTimeField(help_text="Not before; pushed back after a failed attempt")
    lease_until = models.DateTimeField(null=True, help_text="A running job whose lease is over may be taken again")
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(null=True)
    progress_note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    requested_by = TenantKey("tenancy.Member", null=True)
    party_id = models.BigIntegerField(null=True, help_text="The outsider it was asked by, who alone may see it")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = JobManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "kind", "unique_key"], name="job_once")]
        indexes = [
            models.Index(
                fields=["tenant", "due_at"],
                name="job_unfinished",
                condition=models.Q(state__in=[str(state) for state in UNFINISHED]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unique_key}"

    @property
    def title(self) -> str:
        return self.kind.replace("_", " ").capitalize()

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def has_failed(self) -> bool:
        return self.state == JobState.FAILED

    @property
    def percent(self) -> int | None:
        if not self.progress_total:
            return None
        return min(100, self.progress_done * 100 // self.progress_total)
