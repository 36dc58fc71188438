from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orders.choices import RIGHT_TO_RELEASE, UNRELEASABLE, OrderStatus, OrderType
from orders.models import Hold, Invoice, Order
from orders.tables import STATUS_TONES
from orders.views.detail.blanket import blanket_of
from orders.views.detail.lines import line_blocks
from orders.views.detail.timeline import NEWEST, timeline_of
from orders.views.detail.totals import totals_of
from orders.views.holds import HoldRow, who_may
from orders.views.lists import OrdersView
from ui.views import DetailPage


class OrderDetail(OrdersView, DetailPage):
    """One order. A partner sees its own, without verbs, trails, holds, ledger and cost."""

    permission = "orders.view"
    model = Order

    template_name = "orders/detail.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.member.is_outsider:
            return super().get(request, **kwargs)
        return render(request, "orders/partner_detail.html", self.get_context(self.get_object()))

    def get_queryset(self) -> QuerySet[Order]:
        if self.member.is_outsider:
            # an outsider reads no other party, and an inner join would hide the order with it
            return Order.objects.select_related("sell_to", "blanket")
        return Order.objects.select_related(
            "sell_to", "bill_to", "blanket", "default_end_buyer", "default_ship_to", "entered_by__user"
        )

    def get_context(self, found: Order) -> dict[str, Any]:
        today = self.tenant.today(self.now())
        holds = [] if self.member.is_outsider else self.holds_of(found)
        blocks = line_blocks(found, today, [row.hold for row in holds if row.is_open], member=self.member)
        context = {
            "order": found,
            "tone": STATUS_TONES.get(OrderStatus(found.status), ""),
            "lines": blocks,
            "invoices": Invoice.objects.filter(order=found).order_by("-id"),
            "today": today,
            "zone": self.tenant.zone,
            "blanket": blanket_of(found, today),
        }
        if self.member.is_outsider:
            return context
        return {
            **context,
            **self.inside(found, holds),
            "has_unbooked": any(each.is_unbooked for each in blocks),
            "is_releasable": any(each.is_releasable for each in blocks) and found.order_type != OrderType.BLANKET,
        }

    def inside(self, order: Order, holds: list[HoldRow]) -> dict[str, Any]:
        whole = self.request.GET.get("ledger") == "all"
        return {
            "open_holds": [row for row in holds if row.is_open],
            "released_holds": [row for row in holds if not row.is_open],
            "timeline": timeline_of(order, limit=None if whole else NEWEST),
            "totals": totals_of(order),
            "may_enter": self.member.may("orders.enter"),
            "may_change": self.member.may("orders.change"),
        }

    def holds_of(self, order: Order) -> list[HoldRow]:
        rows = Hold.objects.filter(order=order).select_related("line", "released_by__user").order_by("id")
        return [
            HoldRow(
                hold=row,
                may_release=row.kind not in UNRELEASABLE and self.member.may(RIGHT_TO_RELEASE[row.kind]),
                who_may=who_may(row.kind),
            )
            for row in rows
        ]
