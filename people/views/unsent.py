from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.generic import View

from tenancy.unsent import forget_unsent, keep_stale, unsent_of


@method_decorator((never_cache, login_required), name="dispatch")
class ShowUnsent(View):
    """After signing in again: what was sent while one was signed out, to be sent now or dropped."""

    def get(self, request: HttpRequest) -> HttpResponse:
        unsent = unsent_of(request)
        return redirect("home") if unsent is None else render(request, "people/unsent.html", {"unsent": unsent})

    def post(self, request: HttpRequest) -> HttpResponse:
        forget_unsent(request)
        return redirect("home")


def form_out_of_date(request: Any, reason: str = "") -> HttpResponse:
    """Instead of Django's page: a member's own form, opened before they signed in anew, is shown to be sent again."""
    if request.tenant is not None and keep_stale(request):
        return redirect("unsent")
    return csrf_failure(request, reason)
