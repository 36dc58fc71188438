from django.db import models

from tenancy.models.base import TenantModel


class Click(TenantModel):
    """One creating POST, by the key its form carried: the same click twice is answered with the first's result."""

    key = models.UUIDField()
    member_id = models.BigIntegerField()
    path = models.CharField(max_length=500)
    body = models.CharField(max_length=64, blank=True, default="", help_text="Digest of what was sent")
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="click_once")]

    def __str__(self) -> str:
        return str(self.key)
