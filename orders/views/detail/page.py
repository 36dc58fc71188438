import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orders.choices import RIGHT_TO_RELEASE, UNRELEASABLE, OrderStatus, OrderType
from orders.models import Hold, Order
from orders.story import Asked
from orders.tables.cells import STATUS_TONES
from orders.views.detail.blanket import blanket_of
from orders.views.detail.lines import LineBlock, calendars_told, line_blocks, parts_of
from orders.views.detail.notes import attachments_of, notes_of
from orders.views.detail.papers import papers_of
from orders.views.detail.story import Kept, story_of
from orders.views.detail.summary import counted, counts_of, next_steps, parties_among, parties_of
from orders.views.detail.tabs import tabs_of
from orders.views.detail.there import what_is_there
from orders.views.detail.timeline import NEWEST, read_ledger
from orders.views.detail.totals import Totals, totals_of
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
        return Order.objects.select_related("sell_to", "bill_to", "entered_by__user")

    def get_context(self, found: Order) -> dict[str, Any]:
        today = self.tenant.today(self.now())
        is_outsider = self.member.is_outsider
        there = what_is_there(found)
        holds = self.holds_of(found) if there.holds and not is_outsider else []
        parts = parts_of(found, self.request.GET.get("line", ""))
        open_holds = [row.hold for row in holds if row.is_open]
        blocks = line_blocks(found, today, open_holds, member=self.member, parts=parts)
        context = {
            "order": found,
            "tone": STATUS_TONES.get(OrderStatus(found.status), ""),
            "lines": blocks,
            "parts": parts,
            "papers": papers_of(found, there, is_outsider=is_outsider),
            "today": today,
            "zone": self.tenant.zone,
            "blanket": blanket_of(found, today),
            "notes": notes_of(found, there, is_outsider=is_outsider),
            "attachments": attachments_of(found, there, is_outsider=is_outsider),
        }
        if is_outsider:
            return context
        asked = self.asked(found)
        ledger = read_ledger(asked, limit=None if self.request.GET.get("ledger") == "all" else NEWEST)
        kept = Kept(holds, context["notes"], context["attachments"], context["papers"])
        return {
            **context,
            **self.inside(found, holds, blocks if not parts else None, totals_of(found, ledger), today),
            "story": story_of(asked, ledger, kept=kept, url=self.url),
            "story_line": asked.line_no,
            "calendars": calendars_told(blocks),
        }

    def asked(self, order: Order) -> Asked:
        wanted = self.request.GET.get("story", "")
        line_no = int(wanted) if wanted.isdecimal() and len(wanted) < MOST_DIGITS else None
        return Asked(order, self.tenant.zone, line_no)

    def inside(
        self, order: Order, holds: list[HoldRow], blocks: list[LineBlock] | None, totals: Totals, today: dt.date
    ) -> dict[str, Any]:
        """`blocks` are all lines, None where not all were read."""
        open_holds = [row for row in holds if row.is_open]
        counts = counts_of(order, today) if blocks is None else counted(blocks, today)
        return {
            "open_holds": open_holds,
            "released_holds": [row for row in holds if not row.is_open],
            "parties": parties_of(order) if blocks is None else parties_among(blocks),
            "counts": counts,
            "steps": next_steps(order, counts, open_holds, totals, view=self),
            "is_foreign": order.currency != self.tenant.currency,
            "is_releasable": counts.releasable > 0 and order.order_type != OrderType.BLANKET,
            "totals": totals,
            "tabs": tabs_of(order, self),
            "may_enter": self.member.may("orders.enter"),
            "may_change": self.member.may("orders.change"),
            "page_keys": self.keys(),
        }

    def keys(self) -> list[tuple[tuple[str, ...], str]]:
        named = (
            ("orders.change", ("M",), "to the first line that can be changed"),
            ("orders.change", ("↑", "↓"), "from one “Change” to the next"),
            ("orders.release", ("R",), "release to the dock"),
            ("orders.view", ("W",), "write a note"),
        )
        return [(keys, label) for right, keys, label in named if self.member.may(right)]

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
