from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from fulfilment.choices import LIVE, ShipRequestStatus
from fulfilment.models import Shipment, ShipRequest
from orders.models import Order
from ui.views import PermittedView


class OrderDeliveries(PermittedView):
    """What was released of an order and what became of it: a page of its own, and a part of the order's."""

    permission = "shipping.view"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        order = get_object_or_404(Order, pk=kwargs["pk"])
        requests = ShipRequest.objects.filter(order=order).exclude(status=ShipRequestStatus.SUPERSEDED)
        shipments = Shipment.objects.filter(order=order).select_related("invoice")
        context = {
            "order": order,
            "live": LIVE,
            "requests": requests.select_related("site").order_by("-pk"),
            "shipments": shipments.order_by("-pk"),
        }
        name = "_deliveries" if getattr(request, "htmx", False) else "deliveries"
        return render(request, f"fulfilment/{name}.html", context)
