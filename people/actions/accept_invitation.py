import datetime as dt

from allauth.account.models import EmailAddress

from people.invitations import invitation_of
from tenancy.models import Invitation, Member, User


class WrongPerson(Exception):
    """The invitation was sent to another address than the one signed in with."""


class KnownAddress(Exception):
    """Somebody with this address exists: they have to sign in before they join."""


def accept_invitation(
    *, secret: str, at: dt.datetime, user: User | None = None, name: str = "", password: str | None = None
) -> Member:
    """Make a member of whoever holds the link: `user` when signed in, else a new person with `password`.

    Raises InvitationGone, WrongPerson or KnownAddress. The link came by e-mail, so the address counts as verified.
    """
    with invitation_of(secret, at) as invitation:
        if user is None:
            user = _new_person(invitation.email, name, password)
        elif user.email != invitation.email:
            raise WrongPerson(f"This invitation was sent to {invitation.email}, but you are signed in as {user.email}.")
        EmailAddress.objects.update_or_create(
            user=user, email=invitation.email, defaults={"verified": True, "primary": True}
        )
        invitation.accepted_at = at
        invitation.save(update_fields=["accepted_at"])
        return _member(invitation, user)


def _new_person(email: str, name: str, password: str | None) -> User:
    if User.objects.filter(email=email).exists():
        raise KnownAddress(f"{email} has an account already. Sign in, then open the link again.")
    return User.objects.create_user(email, password, name=name)


def _member(invitation: Invitation, user: User) -> Member:
    """A new membership, or the one from earlier days with the standing of the invitation."""
    standing = {"role": invitation.role, "party_id": invitation.party_id, "sees_cost": invitation.sees_cost}
    member, _ = Member.objects.update_or_create(user=user, defaults={**standing, "is_active": True})
    member.tenant = invitation.tenant
    return member
