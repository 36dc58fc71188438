from typing import Any

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet

from orders.choices import OPEN_ORDERS, OrderStatus
from orders.entry import po_key
from orders.filters.parties import PartyFilter
from orders.filters.purchase_orders import po_starts_with
from orders.models import Order, OrderLine
from parties.models import Party
from ui.day_filters import DaySpanFilter
from ui.lookups import IsAmong

OPEN = "open"
REQUESTED = "requested"
NUMBER_YEARS = range(20, 40)


def numbers_meant(text: str) -> list[str]:
    """An order number as typed, or its last part alone: 100012 may be of any year."""
    text = text.strip().upper()
    return [f"SO-{year}-{text}" for year in NUMBER_YEARS] if text.isdigit() else [text]


def in_span(name: str, value: slice) -> Q:
    ends = {f"{name}__gte": value.start, f"{name}__lte": value.stop}
    return Q(**{lookup: end for lookup, end in ends.items() if end is not None})


class OrderFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Number or PO", method="by_text", max_length=60)
    sell_to = PartyFilter(label="Sell-to")
    end_buyer = PartyFilter(label="End buyer", method="by_end_buyer")
    status = django_filters.ChoiceFilter(
        label="Status", method="by_status", choices=[(OPEN, "Open"), *OrderStatus.choices], empty_label="Any"
    )
    held = django_filters.ChoiceFilter(
        label="Holds", method="by_hold", choices=[("yes", "With a hold"), ("no", "Without")], empty_label="Any"
    )
    commit = django_filters.ChoiceFilter(
        label="Commit", method="by_commit", choices=[("none", "Open without commit")], empty_label="Any"
    )
    ordered = DaySpanFilter(label="Order date", field_name="order_date")
    requested = DaySpanFilter(label="Next request", field_name="next_request_date", method="by_request")

    class Meta:
        model = Order
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None and self.request.member.is_outsider:
            for name in ("sell_to", "held"):
                del self.filters[name]

    def by_text(self, queryset: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        """Leans on order_number_once and order_po_prefix."""
        found = Order.objects.filter(Q(number__in=numbers_meant(value)) | po_starts_with(po_key(value)))
        return queryset.filter(IsAmong(F("pk"), ArraySubquery(found.values("pk"))))

    def by_end_buyer(self, queryset: QuerySet[Order], name: str, value: Party) -> QuerySet[Order]:
        """Leans on line_by_end_buyer, which has the orders of an end buyer in the order of the list: named once and
        newest first, they are read until the page is full, and neither sorted nor looked for."""
        lines = OrderLine.objects.filter(end_buyer=value).order_by("-order_id").distinct("order_id")
        return queryset.filter(pk__in=lines.values("order_id"))

    def by_status(self, queryset: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        return queryset.filter(status__in=OPEN_ORDERS if value == OPEN else (value,))

    def by_request(self, queryset: QuerySet[Order], name: str, value: slice) -> QuerySet[Order]:
        """Leans on order_next_request, which the list is read by. In another order a span with two ends is looked up
        first; one that is open at an end may hold most of the open orders."""
        asked_order = self.data.get("sort", "").removeprefix("-")
        if asked_order in ("", REQUESTED) or value.start is None or value.stop is None:
            return queryset.filter(in_span(name, value))
        return queryset.filter(IsAmong(F("pk"), ArraySubquery(Order.objects.filter(in_span(name, value)).values("pk"))))

    def by_hold(self, queryset: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        return queryset.filter(hold_count__gt=0) if value == "yes" else queryset.filter(hold_count=0)

    def by_commit(self, queryset: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        return queryset.filter(has_uncommitted=True)
