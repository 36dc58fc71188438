from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from people.memberships import memberships_of
from ui import navigation
from ui.views import PermittedView


@login_required
def home(request: Any) -> HttpResponse:
    """The tenants one belongs to; with one alone, straight into it."""
    members = memberships_of(request.user.pk)
    if len(members) == 1 and "choose" not in request.GET:
        return redirect("people:tenant_home", tenant=members[0].tenant.slug)
    return render(request, "people/home.html", {"members": members})


class TenantHome(PermittedView):
    """Leads to the first place of the side navigation that is open to the member."""

    permission = None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        slug = self.tenant.slug
        entries = navigation.declared().entries
        areas = navigation.areas_for(entries, slug=slug, member=self.member, path=request.path)
        first = next((link.href for area in areas for link in area.links), reverse("jobs:job_list", args=[slug]))
        return redirect(first)
