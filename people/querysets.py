"""Reads of members and invitations, which stand on the floor of tenancy."""

import datetime as dt

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from tenancy.choices import Role
from tenancy.models import AuditEntry, Invitation, Member


def open_invitations(at: dt.datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)


def active_admins() -> QuerySet[Member]:
    return Member.objects.filter(role=Role.ADMIN, is_active=True)


def with_who(entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
    """Adds `who`: the name of the member, else the e-mail; None where the house did it."""
    member = Member.objects.filter(pk=OuterRef("member_id"))
    name = Coalesce(NullIf("user__name", Value("")), "user__email", output_field=CharField())
    return entries.annotate(who=Subquery(member.values_list(name)))


def with_state(invitations: QuerySet[Invitation], at: dt.datetime) -> QuerySet[Invitation]:
    """Adds `state`, in words."""
    return invitations.annotate(
        state=Case(
            When(accepted_at__isnull=False, then=Value("Accepted")),
            When(withdrawn_at__isnull=False, then=Value("Withdrawn")),
            When(expires_at__gt=at, then=Value("Open")),
            default=Value("Too old"),
            output_field=CharField(),
        )
    )
