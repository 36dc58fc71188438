"""Paper on the screen: previews, PDFs, and asking for an acknowledgement."""

from functools import cached_property
from typing import Any

from csp.decorators import csp_replace
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.clickjacking import xframe_options_sameorigin

from orders.actions.acknowledge_order import NothingBooked, check_booked
from orders.actions.context import Occasion
from orders.actions.freeze_invoice import freeze_invoice
from orders.actions.request_documents import request_acknowledgement, request_invoice_document
from orders.documents.invoice import DoesNotFoot, paper_of
from orders.documents.stored import printed
from orders.models import Acknowledgement, Invoice, Order
from orders.views.lists import OrdersView
from tenancy.scope import as_house
from ui.documents import invoice as invoices
from ui.documents import order_acknowledgement as acknowledgements
from ui.views import ConfirmPost, PermittedView


class Framed(PermittedView):
    """Shown in a frame of the order's own page, and of nobody else's."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        opened = csp_replace({"frame-ancestors": ["'self'"]})(super().dispatch)
        return xframe_options_sameorigin(opened)(request, *args, **kwargs)


class AcknowledgementView(OrdersView, PermittedView):
    permission = "orders.view"

    def acknowledgement(self) -> Acknowledgement:
        rows: QuerySet[Acknowledgement] = Acknowledgement.objects.filter(order_id=self.kwargs["pk"])
        if self.member.is_outsider:
            rows = rows.filter(sell_to_id=self.member.party_id)
        return get_object_or_404(rows, revision=self.kwargs["revision"])


class AcknowledgementPreview(Framed, AcknowledgementView):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponse(acknowledgements.preview(printed(self.acknowledgement(), self.tenant)))


class AcknowledgementPdf(AcknowledgementView):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.acknowledgement()
        if found.file_id is None:
            raise Http404
        return redirect(self.url("jobs:download", found.file_id))


class InvoiceView(OrdersView, PermittedView):
    permission = "orders.view"

    def invoice(self) -> Invoice:
        rows: QuerySet[Invoice] = Invoice.objects.filter(order_id=self.kwargs["pk"])
        if self.member.is_outsider:
            rows = rows.filter(sell_to_id=self.member.party_id)
        return get_object_or_404(rows, pk=self.kwargs["invoice"])


class InvoicePreview(Framed, InvoiceView):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.invoice()
        # a partner may see its invoice, but not the ledger that it is checked against
        try:
            with as_house():
                paper = paper_of(freeze_invoice(invoice_id=found.pk), self.tenant)
        except DoesNotFoot as refused:
            return HttpResponse(str(refused), status=409, content_type="text/plain")
        return HttpResponse(invoices.preview(paper))


class InvoicePdf(InvoiceView):
    """The PDF, or the job that prints it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.invoice()
        if found.file_id:
            return redirect(self.url("jobs:download", found.file_id))
        at = self.now()
        job = request_invoice_document(found, Occasion(by=self.member, at=at, on=self.tenant.today(at)))
        return redirect(self.url("jobs:job_detail", job.pk))


class AcknowledgeOrder(ConfirmPost):
    permission = "orders.change"
    heading = "Acknowledge the order"
    submit_label = "Print the acknowledgement"
    question = (
        "It shows the order as it is now. When something that is printed has changed since the last one, it is a new "
        "revision that says what; else the last one stands."
    )
    refusals = (NothingBooked,)

    @cached_property
    def order(self) -> Order:
        return get_object_or_404(Order, pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"Acknowledge {self.order.number}"

    def get_cancel_url(self) -> str:
        return self.url("orders:order_detail", self.order.pk)

    def execute(self, form: Any) -> str:
        check_booked(self.order)
        at = self.now()
        job = request_acknowledgement(self.order, Occasion(by=self.member, at=at, on=self.tenant.today(at)))
        return self.url("jobs:job_detail", job.pk)
