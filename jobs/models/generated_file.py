from django.db import models

from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class GeneratedFile(TenantModel):
    """A file we made or received. The name on disk is random; a view checks the right at every download."""

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200, help_text="The name the person sees")
    storage_name = models.CharField(max_length=200, unique=True)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    right = models.CharField(max_length=40, help_text="The right a member needs to download it")
    party_id = models.BigIntegerField(null=True, help_text="The outsider who may have it too")
    job = TenantKey("jobs.JobRequest", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "kind", "-id"], name="file_by_kind")]

    def __str__(self) -> str:
        return self.name
