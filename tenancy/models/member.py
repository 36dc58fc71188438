from django.conf import settings
from django.db import models

from tenancy.choices import OUTSIDERS, Role
from tenancy.models.base import TenantModel
from tenancy.rights import RIGHTS, SEE_COST


class Member(TenantModel):
    """One person's place in one tenant: role, and for an outsider the one party whose rows it sees."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=12, choices=Role)
    # parties stand on a higher floor: the key is plain here and made composite by the migration of parties
    party_id = models.BigIntegerField(null=True, blank=True)
    sees_cost = models.BooleanField(default=False, help_text="May see book costs and agreed prices")
    single_key_shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="member_once_per_tenant"),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(OUTSIDERS), party_id__isnull=False)
                | (~models.Q(role__in=sorted(OUTSIDERS)) & models.Q(party_id__isnull=True)),
                name="member_outsider_has_party",
                violation_error_message="A dock or partner member belongs to exactly one party; others to none.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.tenant_id}"

    @property
    def is_outsider(self) -> bool:
        return self.role in OUTSIDERS

    def may(self, right: str) -> bool:
        if right == SEE_COST:
            return self.sees_cost and not self.is_outsider
        return right in RIGHTS[Role(self.role)]
