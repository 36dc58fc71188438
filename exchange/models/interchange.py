from django.db import models

from exchange.choices import Direction
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class Interchange(TenantModel):
    """One EDI interchange, in or out. The same sender and control number with the same content is a repeat."""

    direction = models.CharField(max_length=3, choices=Direction)
    sender = models.CharField(max_length=20, help_text="Qualifier and identity")
    receiver = models.CharField(max_length=20)
    control_number = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    batch = TenantKey("exchange.ImportBatch", null=True)
    file = TenantKey("jobs.GeneratedFile", null=True)
    findings = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "direction", "sender", "control_number"], name="interchange_by_control")
        ]

    def __str__(self) -> str:
        return self.control_number
