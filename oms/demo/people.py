"""The demo's logins: one person a role at each tenant, with a password that everybody knows."""

from parties.models import Party
from tenancy.choices import Role
from tenancy.models import Member, User

PASSWORD = "channel-oms-demo"  # noqa: S105  published on purpose; never seeded on real servers unless asked for


def make_people(slug: str, *, dock: Party, partner: Party) -> dict[str, Member]:
    """Members of the tenant in scope, by role."""
    outsiders = {Role.DOCK: dock.pk, Role.PARTNER: partner.pk}
    sees_cost = {Role.SALES_OPS, Role.MANAGER, Role.FINANCE, Role.ADMIN}
    made = {}
    for role in Role:
        user = User.objects.create_user(f"{role}@{slug}.example", PASSWORD, name=str(role.label))
        made[role] = Member.objects.create(
            user=user, role=role, party_id=outsiders.get(role), sees_cost=role in sees_cost
        )
    return {str(role): member for role, member in made.items()}
