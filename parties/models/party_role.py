from django.db import models

from parties.choices import PartyRole
from tenancy.fields import TenantKey
from tenancy.models import TenantModel


class PartyRoleFact(TenantModel):
    """One role that a party holds."""

    party = TenantKey("parties.Party", related_name="role_facts")
    role = models.CharField(max_length=24, choices=PartyRole)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "party", "role"], name="party_role_once")]
        indexes = [models.Index(fields=["tenant", "role", "party"], name="party_by_role")]

    def __str__(self) -> str:
        return self.role
