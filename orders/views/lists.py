"""The list of orders, and of what is open of them."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from orders.filters.orders import REQUESTED, OrderFilter
from orders.filters.worklists import ScheduleFilter
from orders.models import Order, OrderLine, Schedule
from orders.tables.orders import OrderTable
from orders.tables.worklists import ScheduleTable
from orders.views.worklists import ScheduleRows
from orders.worklists import open_schedules
from ui.views import EXPORT_SELECTED, EmptyAction, ListPage


class OrdersView:
    """Reading for insiders with the right, and for partners: row-level security leaves them their own rows."""

    member: Any

    def required_right(self) -> str:
        return "partner.orders" if self.member.is_outsider else "orders.view"


class OrderList(OrdersView, ListPage):
    permission = "orders.view"
    model = Order
    heading = "Orders"
    template_name = "orders/list.html"
    table_class = OrderTable
    filterset_class = OrderFilter
    orderings = {"entered": ("pk",), "ordered": ("order_date", "pk"), REQUESTED: ("next_request_date", "pk")}
    default_ordering = "-entered"
    empty_title = "No orders yet"
    empty_text = "A purchase order comes in by the form, as a file or as an X12 850."
    saved_views = (
        ("All", ""),
        ("Open", "status=open"),
        ("On hold", "held=yes"),
        ("Without commit", "commit=none"),
    )
    bulk_actions = (EXPORT_SELECTED,)

    def ordering_name(self) -> str:
        """A span of dates is read by date: by entry, all that was entered since would be walked to reach it.

        By next request only within a span: orders without one have no place in that order.
        """
        asked = self.request.GET
        name = asked.get("sort", "")
        has_span = bool(asked.get("requested_after") or asked.get("requested_before"))
        if name.removeprefix("-") == REQUESTED and not has_span:
            return self.default_ordering
        if name:
            return super().ordering_name()
        if has_span:
            return REQUESTED
        is_dated = asked.get("ordered_after") or asked.get("ordered_before")
        return "-ordered" if is_dated else super().ordering_name()

    def get_queryset(self) -> QuerySet[Order]:
        buyers = OrderLine.objects.filter(order=OuterRef("pk"), end_buyer__isnull=False)
        names = buyers.order_by("end_buyer__short_name").values("end_buyer__short_name").distinct()
        return Order.objects.select_related("sell_to").annotate(end_buyer_names=ArraySubquery(names))

    def get_empty_actions(self) -> list[EmptyAction]:
        if not self.member.may("orders.enter"):
            return []
        return [EmptyAction("Enter order", self.url("orders:order_enter"))]


class ScheduleList(ScheduleRows):
    permission = "orders.view"
    model = Schedule
    heading = "Commits"
    template_name = "orders/list.html"
    table_class = ScheduleTable
    filterset_class = ScheduleFilter
    orderings = {"request": ("request_date", "pk")}
    default_ordering = "request"
    empty_title = "Nothing is open"
    saved_views = (
        ("All open", ""),
        ("Without commit", "due=uncommitted"),
        ("Commit has passed", "due=late"),
    )

    def get_queryset(self) -> QuerySet[Schedule]:
        return open_schedules()
