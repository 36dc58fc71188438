import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orders.choices import RIGHT_TO_RELEASE, UNRELEASABLE, OrderStatus, OrderType
from orders.models import Hold, Order
from orders.story import Asked
from orders.tables import STATUS_TONES
from orders.views.detail.blanket import blanket_of
from orders.views.detail.lines import calendars_told, line_blocks, parts_of
from orders.views.detail.notes import attachments_of, notes_of
from orders.views.detail.papers import papers_of
from orders.views.detail.story import Kept, story_of
from orders.views.detail.summary import counts_of, next_steps, parties_of
from orders.views.detail.tabs import tabs_of
from orders.views.detail.timeline import NEWEST
from orders.views.detail.totals import totals_of
from orders.views.holds import HoldRow, who_may
from orders.views.lists import OrdersView
from ui.views import DetailPage

# of a line number
MOST_DIGITS = 10


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
        parts = parts_of(found, self.request.GET.get("line", ""))
        open_holds = [row.hold for row in holds if row.is_open]
        blocks = line_blocks(found, today, open_holds, member=self.member, parts=parts)
        context = {
            "order": found,
            "tone": STATUS_TONES.get(OrderStatus(found.status), ""),
            "lines": blocks,
            "parts": parts,
            "papers": papers_of(found, is_outsider=self.member.is_outsider),
            "today": today,
            "zone": self.tenant.zone,
            "blanket": blanket_of(found, today),
            "notes": notes_of(found, is_outsider=self.member.is_outsider),
            "attachments": attachments_of(found, is_outsider=self.member.is_outsider),
        }
        if self.member.is_outsider:
            return context
        told = self.story(found, holds, context)
        return {**context, **self.inside(found, holds, today), **told, "calendars": calendars_told(blocks)}

    def story(self, order: Order, holds: list[HoldRow], context: dict[str, Any]) -> dict[str, Any]:
        whole = self.request.GET.get("ledger") == "all"
        wanted = self.request.GET.get("story", "")
        line_no = int(wanted) if wanted.isdecimal() and len(wanted) < MOST_DIGITS else None
        asked = Asked(order, self.tenant.zone, line_no)
        limit = None if whole else NEWEST
        kept = Kept(holds, context["notes"], context["attachments"], context["papers"])
        told = story_of(asked, limit=limit, kept=kept, url=self.url)
        return {"story": told, "story_line": line_no}

    def inside(self, order: Order, holds: list[HoldRow], today: dt.date) -> dict[str, Any]:
        open_holds = [row for row in holds if row.is_open]
        totals, counts = totals_of(order), counts_of(order, today)
        return {
            "open_holds": open_holds,
            "released_holds": [row for row in holds if not row.is_open],
            "parties": parties_of(order),
            "counts": counts,
            "steps": next_steps(order, counts, open_holds, totals, view=self),
            "is_foreign": order.currency != self.tenant.currency,
            "is_releasable": counts.releasable > 0 and order.order_type != OrderType.BLANKET,
            "totals": totals,
            "tabs": tabs_of(order, self),
            "may_enter": self.member.may("orders.enter"),
            "may_change": self.member.may("orders.change"),
        }

    def holds_of(self, order: Order) -> list[HoldRow]:
        rows = Hold.objects.filter(order=order).select_related("line", "released_by__user").order_by("id")
        rows = rows.defer("line__price_trail", "line__terms_trail")
        return [
            HoldRow(
                hold=row,
                may_release=row.kind not in UNRELEASABLE and self.member.may(RIGHT_TO_RELEASE[row.kind]),
                who_may=who_may(row.kind),
            )
            for row in rows
        ]
