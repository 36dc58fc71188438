"""A small site of its own: the generic pages over invitations, a table that every tenant has."""

import django_filters
from django import forms
from django.urls import include, path
from django.utils import timezone

from tenancy.choices import Role
from tenancy.models import Invitation
from ui.columns import Chip, Column, Date, Figure, Instant, Link
from ui.day_filters import InstantSpanFilter
from ui.navigation import Entry, Navigation
from ui.tables import Table
from ui.views import (
    EXPORT_SELECTED,
    Compared,
    ConfirmPost,
    DetailPage,
    EmptyAction,
    FormPage,
    ListPage,
    conflict_response,
)

NAVIGATION = Navigation(
    entries=(
        Entry("Orders", "Invitations", "sample:list", "queue-list", "orders.view"),
        Entry("Orders", "Invite", "sample:new", "pencil-square", "people.manage"),
        Entry("Dock", "Dock", "sample:dock", "truck", "dock.view"),
    ),
    find=Entry("", "E-mail or role", "sample:list", "magnifying-glass", "orders.view"),
    new=Entry("", "Invite", "sample:new", "plus", "people.manage"),
)


class InvitationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="email", lookup_expr="startswith", label="E-mail")
    role = django_filters.ChoiceFilter(choices=Role.choices, label="Role")
    expires_at = InstantSpanFilter(field_name="expires_at", label="Expires")


class InvitationTable(Table):
    caption = "Invitations"
    columns = (
        Link("E-mail", "email", url_name="sample:detail", sort="email"),
        Chip("Role", "get_role_display", tones={"dock": "warn"}, tone_path="role"),
        Figure("Party", "party_id"),
        Figure("Cost", lambda row: row.pk * 1000, right="prices.cost"),
        Date("Expires", "expires_at"),
        Instant("Invited", "created_at", sort="created"),
        Column("Invited by", "invited_by.user.email"),
    )

    def row_css(self, row):
        return "is-bad" if row.withdrawn_at else ""


class InvitationList(ListPage):
    permission = "orders.view"
    model = Invitation
    heading = "Invitations"
    table_class = InvitationTable
    filterset_class = InvitationFilter
    orderings = {"created": ("created_at", "pk"), "email": ("email", "pk")}
    default_ordering = "-created"
    page_rows = 3
    bulk_actions = (EXPORT_SELECTED,)
    empty_title = "No invitations yet"
    empty_text = "Invite the first person."

    def get_empty_actions(self):
        return [EmptyAction("Invite", self.url("sample:new"))]


class InvitationDetail(DetailPage):
    permission = "orders.view"
    model = Invitation
    template_name = "ui/form.html"

    def get_context(self, found):
        return {"heading": found.email, "form": forms.Form(), "submit_label": "Nothing"}


class InviteForm(forms.Form):
    layout = (("Who", ("email", "role")),)

    email = forms.EmailField()
    role = forms.ChoiceField(choices=Role.choices)
    party = forms.IntegerField(required=False, help_text="Number of the party of an outsider.")
    sees_cost = forms.BooleanField(required=False, label="Sees cost")


class AlreadyInvited(Exception):
    field = "email"


class HouseFull(Exception):
    pass


class Invite(FormPage):
    permission = "people.manage"
    heading = "Invite somebody"
    form_class = InviteForm
    submit_label = "Invite"
    refusals = (AlreadyInvited, HouseFull)
    success_message = "Invited."

    def execute(self, form):
        email = form.cleaned_data["email"]
        Invitation.objects.create(
            email=email, role=form.cleaned_data["role"], secret_hash=str(self.click), expires_at=timezone.now()
        )
        if email == "taken@example.com":
            raise AlreadyInvited("They were invited on Monday.")
        if email == "full@example.com":
            raise HouseFull("All seats are taken.")
        return self.url("sample:list")


class Withdraw(ConfirmPost):
    permission = "people.manage"
    heading = "Withdraw the invitation"
    question = "The link stops working. The row stays in the list."
    submit_label = "Withdraw"
    is_destructive = True

    def execute(self, form):
        Invitation.objects.filter(pk=self.kwargs["pk"]).update(withdrawn_at=timezone.now())
        return self.url("sample:list")


class Dock(ListPage):
    permission = "dock.view"
    model = Invitation
    table_class = InvitationTable
    heading = "Dock"


class Undeclared(ListPage):
    model = Invitation
    table_class = InvitationTable


def conflict(request, tenant):
    rows = [Compared("Quantity", "5,000", "4,000"), Compared("Reason", "Supplier", "Supplier")]
    return conflict_response(
        request,
        what="Line 2.2",
        rows=rows,
        theirs_label="Planner desk, saved 10:14",
        back_url="/",
        retry={"quantity": "5000", "version": "8"},
    )


def broken(request, tenant):
    raise RuntimeError("broken on purpose")


tenant_pages = (
    [
        path("list/", InvitationList.as_view(), name="list"),
        path("list/<int:pk>/", InvitationDetail.as_view(), name="detail"),
        path("list/<int:pk>/withdraw/", Withdraw.as_view(), name="withdraw"),
        path("new/", Invite.as_view(), name="new"),
        path("dock/", Dock.as_view(), name="dock"),
        path("undeclared/", Undeclared.as_view(), name="undeclared"),
        path("conflict/", conflict, name="conflict"),
        path("broken/", broken, name="broken"),
    ],
    "sample",
)

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("ui.urls")),
    path("<slug:tenant>/", include([path("", include(tenant_pages)), path("", include("ui.tenant_urls"))])),
]
