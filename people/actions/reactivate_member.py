from tenancy.models import Member


def reactivate_member(*, member_id: int) -> Member:
    """Let a deactivated member in again, with the standing they had."""
    member = Member.objects.select_for_update(of=("self",)).select_related("user").get(pk=member_id)
    member.is_active = True
    member.save(update_fields=["is_active"])
    return member
