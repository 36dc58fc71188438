from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from fulfilment.actions.cancel_ship_request import cancel_ship_request
from fulfilment.actions.mail_instruction import OUT_OF_FORCE, title_of
from fulfilment.actions.request_packet import request_packet
from fulfilment.actions.revise_ship_request import revise_ship_request
from fulfilment.channels import as_csv, as_x12
from fulfilment.choices import LIVE, ShipRequestStatus
from fulfilment.documents import packet_of
from fulfilment.errors import FulfilmentRefused
from fulfilment.filters import ShipRequestFilter
from fulfilment.forms import CancelForm, ReviseForm
from fulfilment.models import Shipment, ShipRequest
from fulfilment.querysets import lines_of
from fulfilment.tables import REQUEST_TONES, ShipRequestTable
from fulfilment.views.occasion import occasion_of
from orders.views.detail.papers import mails_of
from orders.views.documents import Framed
from ui.documents.ship_request import preview
from ui.views import ConfirmPost, DetailPage, FormPage, ListPage, PermittedView


class ShipRequestList(ListPage):
    permission = "shipping.view"
    model = ShipRequest
    heading = "Ship requests"
    table_class = ShipRequestTable
    filterset_class = ShipRequestFilter
    orderings = {"number": ("pk",), "ship_by": ("ship_by_date", "pk")}
    empty_title = "No ship requests yet"
    empty_text = "Open a booked order and release what is due."

    def get_queryset(self) -> QuerySet[Any]:
        return ShipRequest.objects.select_related("order", "site")


class ShipRequestDetail(DetailPage):
    permission = "shipping.view"
    model = ShipRequest
    template_name = "fulfilment/ship_request.html"

    def get_queryset(self) -> QuerySet[Any]:
        return ShipRequest.objects.select_related("order", "site", "released_by__user", "packet", "supersedes")

    def get_context(self, found: ShipRequest) -> dict[str, Any]:
        return {
            "lines": lines_of(found),
            "shipments": Shipment.objects.filter(ship_request=found).order_by("pk"),
            "revisions": ShipRequest.objects.filter(number=found.number).order_by("-revision"),
            "mails": mails_of(found.order, paper=title_of(found)),
            "is_live": found.status in LIVE,
            "tone": REQUEST_TONES.get(ShipRequestStatus(found.status), ""),
            "is_in_force": found.status not in OUT_OF_FORCE,
            "may_revise": found.status == LIVE[0],
        }


class OneRequest(PermittedView):
    """A page about one ship request."""

    def ship_request(self) -> ShipRequest:
        return get_object_or_404(ShipRequest.objects.select_related("order"), pk=self.kwargs["pk"])

    def detail_url(self, pk: int) -> str:
        return self.url("fulfilment:ship_request_detail", pk)


class ShipRequestPacketPage(OneRequest):
    """The instruction PDF: the stored one, or the job that prints it. It holds freight accounts in full."""

    permission = "orders.release"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.ship_request()
        if found.packet_id:
            return redirect(self.url("jobs:download", found.packet_id))
        job = request_packet(found, occasion_of(self))
        return redirect(self.url("jobs:job_detail", job.pk))


class ShipRequestPreview(Framed, OneRequest):
    """The instruction as it is printed, to look at on the order's page."""

    permission = "orders.release"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponse(preview(packet_of(self.ship_request(), self.tenant, self.now())))


class ShipRequestAsCsv(OneRequest):
    permission = "orders.release"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return as_csv(self.ship_request())


class ShipRequestAsX12(OneRequest):
    permission = "orders.release"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return as_x12(self.ship_request(), self.tenant)


class ReviseShipRequest(OneRequest, FormPage):
    permission = "orders.release"
    form_class = ReviseForm
    submit_label = "Send the new revision"
    refusals = (FulfilmentRefused,)

    def get_form_kwargs(self) -> dict[str, Any]:
        found = self.ship_request()
        return {"request": found, "lines": lines_of(found)}

    def get_initial(self) -> dict[str, Any]:
        return {}

    def get_heading(self) -> str:
        return f"Revise {self.ship_request()}"

    def get_cancel_url(self) -> str:
        return self.detail_url(self.kwargs["pk"])

    def execute(self, form: Any) -> str:
        found = self.ship_request()
        new = revise_ship_request(
            ship_request_id=found.pk,
            occasion=occasion_of(self),
            quantities=form.quantities(),
            ship_by=form.cleaned_data["ship_by"],
            terms_id=found.terms_id if form.cleaned_data["freeze_anew"] else None,
        )
        return self.detail_url(new.pk)


class CancelShipRequest(OneRequest, ConfirmPost):
    permission = "orders.release"
    form_class = CancelForm
    submit_label = "Cancel the request"
    is_destructive = True
    refusals = (FulfilmentRefused,)

    def get_heading(self) -> str:
        return f"Cancel {self.ship_request()}"

    def get_question(self) -> str:
        return "What has not shipped goes back to the open order and can be released anew."

    def get_cancel_url(self) -> str:
        return self.detail_url(self.kwargs["pk"])

    def execute(self, form: Any) -> str:
        cancel_ship_request(
            ship_request_id=self.ship_request().pk, occasion=occasion_of(self, form.cleaned_data["reason"])
        )
        return self.get_cancel_url()
