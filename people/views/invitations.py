from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from people.actions.invite_member import AlreadyInvited, AlreadyMember, invite_member
from people.actions.withdraw_invitation import AlreadyAccepted, withdraw_invitation
from people.engine import BadStanding
from people.filters import InvitationFilter
from people.forms import InviteForm
from people.mail import send_invitation
from people.outside import parties
from people.querysets import with_state
from people.tables import InvitationTable
from tenancy.models import Invitation
from ui.views import ConfirmPost, EmptyAction, FormPage, ListPage


class InvitationList(ListPage):
    permission = "people.manage"
    model = Invitation
    heading = "Invitations"
    table_class = InvitationTable
    filterset_class = InvitationFilter
    template_name = "people/invitations.html"
    orderings = {"invited": ("created_at", "pk"), "email": ("email", "pk")}
    default_ordering = "-invited"
    empty_title = "No invitations yet"
    empty_text = "Nobody joins without one."

    def get_queryset(self) -> QuerySet[Invitation]:
        invitations = with_state(Invitation.objects.select_related("invited_by__user"), self.now())
        return invitations.annotate(party_name=parties().name_of("party_id"))

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction("Invite somebody", self.url("people:invite"))]


class Invite(FormPage):
    permission = "people.manage"
    heading = "Invite somebody"
    form_class = InviteForm
    asks_reason = True
    submit_label = "Send the invitation"
    refusals = (AlreadyMember, AlreadyInvited, BadStanding)

    def get_cancel_url(self) -> str:
        return self.url("people:invitation_list")

    def execute(self, form: Any) -> str:
        given = form.cleaned_data
        invited = invite_member(
            email=given["email"],
            role=given["role"],
            party_id=given["party_id"],
            sees_cost=given["sees_cost"],
            by=self.member,
            at=self.now(),
        )
        link = self.request.build_absolute_uri(reverse("invitation", args=[invited.secret]))
        send = partial(send_invitation, invitation=invited.invitation, tenant_name=self.tenant.name, link=link)
        transaction.on_commit(send)
        messages.success(self.request, f"Invited {invited.invitation.email}. The link, shown only now: {link}")
        return self.url("people:invitation_list")


class WithdrawInvitation(ConfirmPost):
    permission = "people.manage"
    heading = "Withdraw an invitation"
    submit_label = "Withdraw"
    is_destructive = True
    asks_reason = True
    refusals = (AlreadyAccepted,)
    success_message = "The link does not work any more."

    @cached_property
    def found(self) -> Invitation:
        return get_object_or_404(Invitation, pk=self.kwargs["pk"])

    def get_history_url(self) -> str:
        return self.url("people:history", "invitation", self.found.pk)

    def get_question(self) -> str:
        return f"{self.found.email} was invited as {self.found.get_role_display()}. The link will stop working."

    def get_cancel_url(self) -> str:
        return self.url("people:invitation_list")

    def execute(self, form: Any) -> str:
        withdraw_invitation(invitation_id=self.found.pk, at=timezone.now())
        return self.url("people:invitation_list")
