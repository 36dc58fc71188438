"""One person's places, across tenants."""

from tenancy.models import Member
from tenancy.scope import Scope, open_scope


def memberships_of(user_id: int) -> list[Member]:
    """The active ones at active tenants, by the tenant's name; readable by one's own user id alone."""
    with open_scope(Scope(user_id=user_id)):
        members = Member._base_manager.filter(user_id=user_id, is_active=True, tenant__is_active=True)
        return list(members.select_related("tenant").order_by("tenant__name", "pk"))
