from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from metrics.actions.stop_subscription import stop_subscription
from metrics.mailing.recipients import address_of
from metrics.mailing.unsubscribing import BadLink, Leaving, read_token
from metrics.models import ReportSubscription
from tenancy.scope import tenant_scope

REASON = "Unsubscribed by the link of a mail"


# a mailbox posts here by itself (RFC 8058), without a page of ours before: the signed link is the proof
@method_decorator((csrf_exempt, never_cache), name="dispatch")
class Unsubscribe(View):
    """The link at the foot of each mail. Looking at it changes nothing, since mailboxes look at links too."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.answer(request, token, is_asked=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.answer(request, token, is_asked=True)

    def answer(self, request: HttpRequest, token: str, *, is_asked: bool) -> HttpResponse:
        try:
            leaving = read_token(token)
        except BadLink:
            return render(request, "metrics/unsubscribe.html", {"is_bad": True}, status=404)
        return render(request, "metrics/unsubscribe.html", self.facts(leaving, is_asked=is_asked))

    def facts(self, leaving: Leaving, *, is_asked: bool) -> dict[str, Any]:
        with tenant_scope(leaving.tenant_id):
            if is_asked:
                stop_subscription(subscription_id=leaving.subscription_id, reason=REASON)
            running = ReportSubscription.objects.select_related("member__user", "tenant")
            found = running.filter(pk=leaving.subscription_id).first()
            if found is None:
                return {"is_stopped": True}
            return {
                "name": found.name,
                "tenant_name": found.tenant.name,
                "address": address_of(found),
                "is_stopped": not found.is_active,
            }
