"""The dock's own pages: large type, its own site's requests, no price anywhere.

A dock member is an outsider: row-level security shows it its own party's requests and nothing else, so another
site's request does not exist here.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from fulfilment.actions.confirm_shipment import confirm_shipment
from fulfilment.choices import LIVE
from fulfilment.models import ShipRequest
from fulfilment.views.answering import AnswerPage
from fulfilment.views.occasion import occasion_of
from ui.views import PermittedView
from values.countries import country_name

MOST_SHOWN = 200


class DockQueue(PermittedView):
    permission = "dock.view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        live = ShipRequest.objects.filter(site_party_id=self.member.party_id, status__in=LIVE)
        rows = list(live.order_by("ship_by_date", "pk")[:MOST_SHOWN])
        context = {"requests": rows, "today": self.tenant.today(self.now())}
        return render(request, "fulfilment/dock_queue.html", context)


class DockConfirm(AnswerPage):
    """One request: its terms in full, and the answer of the dock."""

    told: str = ""
    permission = "dock.answer"
    template_name = "fulfilment/dock_request.html"
    submit_label = "Confirm shipment"

    def ship_request(self) -> ShipRequest:
        mine = ShipRequest.objects.filter(site_party_id=self.member.party_id)
        return get_object_or_404(mine, pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return self.ship_request().number

    def get_context(self, form: Any) -> dict[str, Any]:
        found = self.ship_request()
        frozen = found.frozen
        return {
            "object": found,
            "frozen": frozen,
            "receiver_country": country_name(frozen["receiver_country"]),
            "re_shipper_country": country_name(frozen["re_shipper_country"]),
            "is_live": found.status in LIVE,
            "rows": form.rows(),
        }

    def get_success_message(self) -> str:
        return self.told

    def execute(self, form: Any) -> str:
        shipment = confirm_shipment(
            answer=form.answer(self.click), occasion=occasion_of(self, form.cleaned_data["reason"])
        )
        self.told = f"{shipment.number} confirmed"
        return self.url("fulfilment:dock_queue")
