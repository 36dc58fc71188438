from django.db import models

from tenancy.models.base import TenantModel


class AuditEntry(TenantModel):
    """Who changed which master-data row, from what to what. Written by statement triggers, append-only."""

    at = models.DateTimeField()
    member_id = models.BigIntegerField(null=True)
    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    action = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "table_name", "row_id", "id"], name="audit_of_row")]

    def __str__(self) -> str:
        return f"{self.action} {self.table_name} {self.row_id}"
