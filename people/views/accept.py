from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from people.actions.accept_invitation import KnownAddress, WrongPerson, accept_invitation
from people.forms import JoinForm
from people.invitations import InvitationGone, invitation_of
from tenancy.models import Member, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GONE, UNPROCESSABLE = 410, 422


@method_decorator((never_cache, sensitive_post_parameters("password", "again")), name="dispatch")
class AcceptInvitation(View):
    """Where the link of an invitation leads: choose a password and join, or sign in first and join then."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        try:
            return self.show(request, secret)
        except InvitationGone:
            return render(request, "account/invitation_gone.html", status=GONE)

    def post(self, request: Any, secret: str) -> HttpResponse:
        form = None
        try:
            if not request.user.is_authenticated:
                form = JoinForm(request.POST, email=self.facts(secret)["email"])
                if not form.is_valid():
                    return self.show(request, secret, form)
            member = self.join(request, secret, form)
        except InvitationGone:
            return render(request, "account/invitation_gone.html", status=GONE)
        except KnownAddress:
            return redirect_to_login(request.path)
        except WrongPerson as error:
            messages.error(request, str(error))
            return self.show(request, secret)
        if form is not None:
            login(request, member.user, backend=BACKEND)
        return redirect("people:tenant_home", tenant=member.tenant.slug)

    def join(self, request: Any, secret: str, form: JoinForm | None) -> Member:
        if form is None:
            return accept_invitation(secret=secret, at=timezone.now(), user=request.user)
        given = form.cleaned_data
        return accept_invitation(secret=secret, at=timezone.now(), name=given["name"], password=given["password"])

    def facts(self, secret: str) -> dict[str, str]:
        with invitation_of(secret, timezone.now()) as invitation:
            return {
                "email": invitation.email,
                "role": invitation.get_role_display(),
                "tenant_name": invitation.tenant.name,
            }

    def show(self, request: Any, secret: str, form: JoinForm | None = None) -> HttpResponse:
        facts = self.facts(secret)
        status = UNPROCESSABLE if form is not None else 200
        if not request.user.is_authenticated and form is None:
            if User.objects.filter(email=facts["email"]).exists():
                return redirect_to_login(request.path)
            form = JoinForm(email=facts["email"])
        is_other = request.user.is_authenticated and request.user.email != facts["email"]
        return render(request, "account/invitation.html", {**facts, "form": form, "is_other": is_other}, status=status)
