from typing import Any

from django.db.models import F
from django.shortcuts import get_object_or_404

from fulfilment.actions.release_schedules import ReleasePart, release_schedules
from fulfilment.errors import FulfilmentRefused
from fulfilment.forms import ReleaseForm
from fulfilment.views.occasion import occasion_of
from orders.choices import HoldScope, LineStatus
from orders.locks import StaleVersion
from orders.models import Hold, Order, Schedule
from ui.views import FormPage


class ReleaseOrder(FormPage):
    """Open schedules of an order to ship requests, with the terms that will be frozen shown beside them."""

    told: str = ""
    permission = "orders.release"
    form_class = ReleaseForm
    template_name = "fulfilment/release.html"
    submit_label = "Release"
    refusals = (FulfilmentRefused, StaleVersion)

    def order(self) -> Order:
        return get_object_or_404(Order.objects.select_related("sell_to"), pk=self.kwargs["pk"])

    def schedules(self) -> list[Schedule]:
        found = Schedule.objects.filter(
            order_id=self.kwargs["pk"], open_qty__gt=F("released_qty"), line__status=LineStatus.BOOKED
        )
        related = ("line__product", "line__ship_to", "line__ship_from", "line__end_buyer", "line__terms")
        return list(found.select_related(*related).order_by("line__line_no", "number"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"schedules": self.schedules()}

    def get_heading(self) -> str:
        return f"Release {self.order().number}"

    def get_cancel_url(self) -> str:
        return self.url("orders:order_detail", self.kwargs["pk"])

    def get_context(self, form: Any) -> dict[str, Any]:
        holds = Hold.objects.filter(
            order_id=self.kwargs["pk"], scope=HoldScope.SHIPPING, released_at__isnull=True
        ).select_related("line")
        rows = [(schedule, form[f"schedule_{schedule.pk}"]) for schedule in form.schedules]
        return {"rows": rows, "holds": holds}

    def get_success_message(self) -> str:
        return self.told

    def execute(self, form: Any) -> str:
        parts = [ReleasePart(pk, quantity) for pk, quantity in form.quantities().items()]
        made = release_schedules(
            order_id=self.order().pk,
            parts=parts,
            occasion=occasion_of(self, form.cleaned_data["reason"]),
            ship_by=form.cleaned_data["ship_by"],
            channel=form.cleaned_data["channel"],
        )
        self.told = "Released: " + ", ".join(request.number for request in made)
        if len(made) == 1:
            return self.url("fulfilment:ship_request_detail", made[0].pk)
        return self.url("orders:order_detail", self.kwargs["pk"])
