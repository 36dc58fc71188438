from people.actions.change_member import lock_member
from tenancy.models import Member


def deactivate_member(*, member_id: int, by: Member | None) -> Member:
    """Shut a member out from the next request on; their name stays on what they did.

    Raises OwnStanding or LastAdmin.
    """
    member = lock_member(member_id=member_id, by=by, stays_admin=False)
    member.is_active = False
    member.save(update_fields=["is_active"])
    return member
