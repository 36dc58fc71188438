from django.db import models

from tenancy.choices import Role
from tenancy.fields import TenantKey
from tenancy.models.base import TenantModel


class Invitation(TenantModel):
    """The only way in. The link holds a secret of which we keep the SHA-256 alone."""

    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role)
    party_id = models.BigIntegerField(null=True, blank=True)
    sees_cost = models.BooleanField(default=False)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = TenantKey("tenancy.Member", null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.email
