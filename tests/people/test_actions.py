"""Invite, accept, withdraw, change, shut out: the rules, without pages."""

import datetime as dt
import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from people.actions.accept_invitation import KnownAddress, WrongPerson, accept_invitation
from people.actions.change_member import LastAdmin, OwnStanding, change_member
from people.actions.deactivate_member import deactivate_member
from people.actions.invite_member import AlreadyInvited, AlreadyMember, invite_member
from people.actions.reactivate_member import reactivate_member
from people.actions.withdraw_invitation import AlreadyAccepted, withdraw_invitation
from people.engine import CostNotAllowed, PartyNeeded, PartyNotAllowed
from people.invitations import InvitationGone
from people.memberships import memberships_of
from people.secrets import tenant_of
from tenancy.models import AuditEntry, Invitation, Member, Tenant
from tenancy.scope import tenant_scope
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member, make_user
from tests.fixtures import NOW


def invite(email="new@example.com", role="finance", **values):
    return invite_member(email=email, role=role, **{"by": None, "at": NOW, **values})


def accept(secret, at=NOW, **values):
    return accept_invitation(secret=secret, at=at, **{"name": "New Person", "password": "long enough", **values})


def test_an_invitation_keeps_the_hash_of_its_secret_alone(desk):
    invited = invite("  New@Example.com ", by=desk)
    assert invited.invitation.email == "new@example.com"
    assert invited.secret not in str(Invitation.objects.values())
    assert invited.invitation.expires_at == NOW + dt.timedelta(days=7)


def test_somebody_new_joins_with_the_standing_of_the_invitation(inside):
    member = accept(invite(sees_cost=True).secret)
    assert (member.role, member.sees_cost, member.is_active, member.tenant) == ("finance", True, True, inside)
    assert (member.user.email, member.user.name) == ("new@example.com", "New Person")
    assert member.user.check_password("long enough")
    assert EmailAddress.objects.get(user=member.user).verified


def test_a_link_works_once(inside):
    secret = invite().secret
    accept(secret)
    with pytest.raises(InvitationGone):
        accept(secret)


def test_a_link_is_of_no_use_when_too_old_or_withdrawn(inside):
    old, withdrawn = invite("a@example.com"), invite("b@example.com")
    withdraw_invitation(invitation_id=withdrawn.invitation.pk, at=NOW)
    with pytest.raises(InvitationGone):
        accept(old.secret, at=NOW + dt.timedelta(days=7))
    with pytest.raises(InvitationGone):
        accept(withdrawn.secret)


def test_a_closed_tenant_lets_nobody_in(inside):
    secret = invite().secret
    Tenant.objects.filter(pk=inside.pk).update(is_active=False)
    with pytest.raises(InvitationGone):
        accept(secret)


@pytest.mark.parametrize("secret", ["", "x", "-", "1-", "-abc", "abc-def", "1²-abc", "9" * 40 + "-abc"])
def test_a_made_up_secret_opens_nothing(inside, secret):
    assert tenant_of(secret) is None
    with pytest.raises(InvitationGone):
        accept(secret)


def test_the_secret_of_one_tenant_opens_no_other(inside, kestrel):
    secret = invite().secret
    with pytest.raises(InvitationGone):
        accept(f"{kestrel.pk}-{secret.partition('-')[2]}")


def test_somebody_known_joins_a_second_tenant_as_themselves(inside, kestrel):
    with tenant_scope(kestrel.pk):
        known = make_member().user
    secret = invite(known.email).secret
    with pytest.raises(KnownAddress):
        accept(secret)
    with pytest.raises(WrongPerson, match="signed in as"):
        accept(secret, user=make_user())
    assert accept(secret, user=known).user == known
    assert [member.tenant.slug for member in memberships_of(known.pk)] == ["aurora", "kestrel"]


def test_somebody_shut_out_comes_back_by_invitation(inside):
    member = make_member("manager", is_active=False)
    back = accept(invite(member.user.email).secret, user=member.user)
    assert (back.pk, back.role, back.is_active) == (member.pk, "finance", True)


def test_an_outsider_needs_a_party_and_never_sees_cost(inside):
    party = make_party()
    with pytest.raises(PartyNeeded):
        invite(role="partner")
    with pytest.raises(PartyNotAllowed):
        invite(role="finance", party_id=party.pk)
    with pytest.raises(CostNotAllowed):
        invite(role="dock", party_id=party.pk, sees_cost=True)
    assert accept(invite(role="dock", party_id=party.pk).secret).party_id == party.pk


def test_nobody_is_invited_twice_or_as_a_member(desk):
    first = invite()
    with pytest.raises(AlreadyInvited):
        invite("NEW@example.com")
    withdraw_invitation(invitation_id=first.invitation.pk, at=NOW)
    invite()
    with pytest.raises(AlreadyMember):
        invite(desk.user.email)


def test_an_accepted_invitation_cannot_be_withdrawn(inside):
    invited = invite()
    accept(invited.secret)
    with pytest.raises(AlreadyAccepted):
        withdraw_invitation(invitation_id=invited.invitation.pk, at=NOW)


def test_withdrawing_twice_keeps_the_first_instant(inside):
    pk = invite().invitation.pk
    withdraw_invitation(invitation_id=pk, at=NOW)
    assert withdraw_invitation(invitation_id=pk, at=NOW + dt.timedelta(days=1)).withdrawn_at == NOW


def test_nobody_changes_or_removes_themselves(desk):
    make_member("admin")
    with pytest.raises(OwnStanding):
        change_member(member_id=desk.pk, role="finance", party_id=None, sees_cost=True, by=desk)
    with pytest.raises(OwnStanding):
        deactivate_member(member_id=desk.pk, by=desk)


def test_the_last_administrator_stays(inside):
    admin = make_member("admin")
    make_member("admin", is_active=False)
    make_member("manager")
    with pytest.raises(LastAdmin):
        change_member(member_id=admin.pk, role="manager", party_id=None, sees_cost=False, by=None)
    with pytest.raises(LastAdmin):
        deactivate_member(member_id=admin.pk, by=None)
    assert change_member(member_id=admin.pk, role="admin", party_id=None, sees_cost=True, by=None).sees_cost


def test_a_change_leaves_who_and_what_in_the_trail(desk):
    colleague = make_member("manager")
    with tenant_scope(desk.tenant_id, member_id=desk.pk):
        change_member(member_id=colleague.pk, role="finance", party_id=None, sees_cost=True, by=desk)
    entry = AuditEntry.objects.filter(table_name="tenancy_member", row_id=colleague.pk, action="update").get()
    assert entry.member_id == desk.pk
    assert (entry.before["role"], entry.after["role"]) == ("manager", "finance")


def test_shut_out_and_let_in_again(desk):
    colleague = make_member("manager")
    assert not deactivate_member(member_id=colleague.pk, by=desk).is_active
    assert memberships_of(colleague.user_id) == []
    assert reactivate_member(member_id=colleague.pk).is_active


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other_at_once(aurora):
    with tenant_scope(aurora.pk):
        one, two = make_member("admin"), make_member("admin")
    start, outcomes = threading.Barrier(2), []

    def remove(by, other):
        try:
            start.wait(10)
            with tenant_scope(aurora.pk):
                deactivate_member(member_id=other.pk, by=by)
            outcomes.append("removed")
        except LastAdmin:
            outcomes.append("last")
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["last", "removed"]
    with tenant_scope(aurora.pk):
        assert Member.objects.filter(is_active=True).count() == 1
