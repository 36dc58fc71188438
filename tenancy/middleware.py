"""One transaction and one scope around the whole response, rendering included."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from tenancy.actions.create_tenant import RESERVED_SLUGS
from tenancy.models import Member
from tenancy.scope import Scope, change_scope, open_scope
from tenancy.unsent import keep_unsent

FIRST_FAILURE = 400


class TenantMiddleware:
    """Opens `/<tenant slug>/…` to active members of that tenant; for anybody else it does not exist.

    `ATOMIC_REQUESTS` would end before a lazy template renders, so this middleware owns the transaction. Whatever
    answers with an error leaves no trace in the database, nor good news in the session, which is saved outside.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.tenant = request.member = None
        slug = tenant_slug(request.path_info)
        if slug is None:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return to_sign_in(request)
        with open_scope(Scope(user_id=request.user.pk)):
            member = find_member(request.user.pk, slug)
            if member is None:
                return not_found(request)
            request.member, request.tenant = member, member.tenant
            change_scope(scope_of(member))
            response = self.get_response(request)
            if response.status_code >= FIRST_FAILURE:
                transaction.set_rollback(True)
                take_back_successes(request)
            return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """And back to the page asked for; whoever was sending a form finds it again."""
    return redirect_to_login(reverse("unsent") if keep_unsent(request) else request.get_full_path())


def tenant_slug(path: str) -> str | None:
    """The tenant part of a path; None for the program's own addresses."""
    first = path.lstrip("/").partition("/")[0]
    return first if first and first not in RESERVED_SLUGS else None


def scope_of(member: Member) -> Scope:
    return Scope(tenant_id=member.tenant_id, party_id=member.party_id, member_id=member.pk, user_id=member.user_id)


def take_back_successes(request: HttpRequest) -> None:
    flashes: Any = get_messages(request)
    flashes.take_back_successes()


def find_member(user_id: int, slug: str) -> Member | None:
    """The active membership of a user; readable without a tenant by one's own user id alone."""
    if "\0" in slug:  # no text of the database can hold it
        return None
    members = Member._base_manager.select_related("tenant", "user")
    return members.filter(user_id=user_id, tenant__slug=slug, is_active=True, tenant__is_active=True).first()


def not_found(request: HttpRequest) -> HttpResponse:
    return HttpResponseNotFound(render(request, "404.html").content)
