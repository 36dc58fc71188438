from people.engine import check_standing
from people.querysets import active_admins
from tenancy.choices import Role
from tenancy.models import Member


class OwnStanding(Exception):
    """Nobody raises, lowers or removes themselves; another administrator does it."""

    field = "role"


class LastAdmin(Exception):
    """A tenant keeps at least one active administrator."""

    field = "role"


def change_member(*, member_id: int, role: str, party_id: int | None, sees_cost: bool, by: Member | None) -> Member:
    """Give a member another standing. Raises OwnStanding, LastAdmin or a BadStanding."""
    check_standing(role=role, party_id=party_id, sees_cost=sees_cost)
    member = lock_member(member_id=member_id, by=by, stays_admin=role == Role.ADMIN)
    member.role, member.party_id, member.sees_cost = role, party_id, sees_cost
    member.save(update_fields=["role", "party_id", "sees_cost"])
    return member


def lock_member(*, member_id: int, by: Member | None, stays_admin: bool) -> Member:
    """The member, locked together with all administrators, so that two of them cannot remove each other at once."""
    if by is not None and by.pk == member_id:
        raise OwnStanding("You cannot change your own standing. Ask another administrator.")
    admins = list(active_admins().select_for_update().order_by("pk").values_list("pk", flat=True))
    member = Member.objects.select_for_update(of=("self",)).select_related("user").get(pk=member_id)
    if admins == [member_id] and not stays_admin:
        raise LastAdmin("This is the last active administrator. Make somebody else one first.")
    return member
