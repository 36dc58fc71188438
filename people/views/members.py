from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from people.actions.change_member import LastAdmin, OwnStanding, change_member
from people.actions.deactivate_member import deactivate_member
from people.actions.reactivate_member import reactivate_member
from people.engine import BadStanding
from people.filters import MemberFilter
from people.forms import StandingForm
from people.outside import parties
from people.tables import MemberTable
from tenancy.models import Member
from ui.views import ConfirmPost, EmptyAction, FormPage, ListPage, PermittedView


class MemberList(ListPage):
    permission = "people.manage"
    model = Member
    heading = "Members"
    table_class = MemberTable
    filterset_class = MemberFilter
    template_name = "people/members.html"
    orderings = {
        "since": ("created_at", "pk"),
        "name": ("user__name", "pk"),
        "email": ("user__email", "pk"),
    }
    default_ordering = "email"

    def get_queryset(self) -> QuerySet[Member]:
        return Member.objects.select_related("user").annotate(party_name=parties().name_of("party_id"))

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction("Invite somebody", self.url("people:invite"))]


class OneMember(PermittedView):
    """Pages about the member in the address; of another tenant it does not exist."""

    permission = "people.manage"

    @cached_property
    def found(self) -> Member:
        return get_object_or_404(Member.objects.select_related("user"), pk=self.kwargs["pk"])

    def get_cancel_url(self) -> str:
        return self.url("people:member_list")


class ChangeMember(OneMember, FormPage):
    form_class = StandingForm
    asks_reason = True
    template_name = "people/member.html"
    refusals = (BadStanding, OwnStanding, LastAdmin)
    success_message = "Saved. It holds from their next click on."

    def get_heading(self) -> str:
        return str(self.found.user)

    def get_initial(self) -> dict[str, Any]:
        party_id = self.found.party_id
        return {
            "role": self.found.role,
            "party": parties().code(party_id) if party_id else "",
            "sees_cost": self.found.sees_cost,
        }

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"found": self.found, "is_oneself": self.found.pk == self.member.pk}

    def execute(self, form: Any) -> str:
        change_member(
            member_id=self.found.pk,
            role=form.cleaned_data["role"],
            party_id=form.cleaned_data["party_id"],
            sees_cost=form.cleaned_data["sees_cost"],
            by=self.member,
        )
        return self.url("people:member_list")


class DeactivateMember(OneMember, ConfirmPost):
    heading = "Shut a member out"
    submit_label = "Shut out"
    is_destructive = True
    asks_reason = True
    refusals = (OwnStanding, LastAdmin)
    success_message = "Shut out. Their name stays on what they did."

    def get_question(self) -> str:
        return f"{self.found.user} will not be let in any more, from the next click on. You can undo this."

    def execute(self, form: Any) -> str:
        deactivate_member(member_id=self.found.pk, by=self.member)
        return self.url("people:member_list")


class ReactivateMember(OneMember, ConfirmPost):
    heading = "Let a member in again"
    submit_label = "Let in again"
    asks_reason = True
    success_message = "They can sign in again."

    def get_question(self) -> str:
        return f"{self.found.user} gets back what they had: {self.found.get_role_display()}."

    def execute(self, form: Any) -> str:
        reactivate_member(member_id=self.found.pk)
        return self.url("people:member_list")
