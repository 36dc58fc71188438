import datetime as dt

from tenancy.models import Invitation


class AlreadyAccepted(Exception):
    """The person is a member by now: deactivate them instead."""


def withdraw_invitation(*, invitation_id: int, at: dt.datetime) -> Invitation:
    """Make the link useless; a second withdrawal changes nothing. Raises AlreadyAccepted."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.accepted_at is not None:
        raise AlreadyAccepted(f"{invitation.email} has accepted it. Deactivate the member instead.")
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
    return invitation
