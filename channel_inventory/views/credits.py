"""Credit memos of claims: the page, what it looks like on paper, and the PDF."""

from typing import Any

from csp.decorators import csp_replace
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.clickjacking import xframe_options_sameorigin

from channel_inventory.actions.request_credit_document import request_credit_document
from channel_inventory.documents.claim_credit import CreditDoesNotFoot, paper_of
from channel_inventory.models import Claim, ClaimCredit
from channel_inventory.views.claims import ClaimsView
from tenancy.scope import as_house
from ui.documents import claim_credit as memos
from ui.views import DetailPage, PermittedView
from values.money import format_minor


class CreditDetail(ClaimsView, DetailPage):
    permission = "channel.view"
    model = ClaimCredit
    template_name = "channel_inventory/credit.html"

    def get_queryset(self) -> QuerySet[ClaimCredit]:
        return ClaimCredit.objects.select_related("partner")

    def get_context(self, found: Any) -> dict[str, Any]:
        claims = Claim.objects.filter(lines__credit=found).order_by("pk").distinct()
        return {"claims": claims, "total": format_minor(found.total, found.currency)}


class CreditView(ClaimsView, PermittedView):
    permission = "channel.view"

    def credit(self) -> ClaimCredit:
        return get_object_or_404(ClaimCredit, pk=self.kwargs["pk"])


class CreditPreview(CreditView):
    """Shown in a frame of the memo's own page, and of nobody else's."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        opened = csp_replace({"frame-ancestors": ["'self'"]})(super().dispatch)
        return xframe_options_sameorigin(opened)(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.credit()
        # a partner may see its memo, but not the ledger that it is checked against
        try:
            with as_house():
                paper = paper_of(found, self.tenant)
        except CreditDoesNotFoot as refused:
            return HttpResponse(str(refused), status=409, content_type="text/plain")
        return HttpResponse(memos.preview(paper))


class CreditPdf(CreditView):
    """The PDF, or the job that prints it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.credit()
        if found.file_id:
            return redirect(self.url("jobs:download", found.file_id))
        job = request_credit_document(credit=found, by=self.member, at=self.now())
        return redirect(self.url("jobs:job_detail", job.pk))
