import datetime as dt
from dataclasses import dataclass

from people.engine import check_standing
from people.querysets import open_invitations
from people.secrets import hash_of, new_secret
from tenancy.models import Invitation, Member
from tenancy.scope import current_tenant_id

VALID_FOR = dt.timedelta(days=7)


class AlreadyMember(Exception):
    field = "email"


class AlreadyInvited(Exception):
    field = "email"


@dataclass(frozen=True)
class Invited:
    """The invitation, and the secret of its link, which is told here and never again."""

    invitation: Invitation
    secret: str


def invite_member(
    *,
    email: str,
    role: str,
    party_id: int | None = None,
    sees_cost: bool = False,
    by: Member | None,
    at: dt.datetime,
) -> Invited:
    """Invite a person to the tenant in scope. Raises AlreadyMember, AlreadyInvited or a BadStanding."""
    check_standing(role=role, party_id=party_id, sees_cost=sees_cost)
    email = email.strip().lower()
    if Member.objects.filter(user__email=email, is_active=True).exists():
        raise AlreadyMember(f"{email} is a member already.")
    if open_invitations(at).filter(email=email).exists():
        raise AlreadyInvited(f"{email} has an invitation already; withdraw it to send another.")
    secret = new_secret(current_tenant_id())
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        party_id=party_id,
        sees_cost=sees_cost,
        secret_hash=hash_of(secret),
        invited_by=by,
        expires_at=at + VALID_FOR,
    )
    return Invited(invitation, secret)
