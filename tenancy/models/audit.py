from django.db import models
from django.db.models import Q

from tenancy.models.base import TenantModel


class AuditEntry(TenantModel):
    """Who changed which master-data row, from what to what, and why. Written by statement triggers, append-only.

    `about_id` is the row that this one is a part of, as a location is of its party.
    """

    at = models.DateTimeField()
    member_id = models.BigIntegerField(null=True)
    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    about_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "table_name", "row_id", "id"], name="audit_of_row"),
            models.Index(
                fields=["tenant", "table_name", "about_id", "id"],
                name="audit_of_whole",
                condition=Q(about_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.table_name} {self.row_id}"
