"""What holds, open schedules and moved requests are filtered by."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from orders.choices import HoldKind
from orders.filters.parties import PartyFilter
from orders.models import Hold, OrderLedger, Schedule
from ui.day_filters import DaySpanFilter


class HoldFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Hold", choices=HoldKind.choices, empty_label="Any")
    sell_to = PartyFilter(label="Sell-to", field_name="order__sell_to")

    class Meta:
        model = Hold
        fields: tuple[str, ...] = ()


class ScheduleFilter(django_filters.FilterSet):
    due = django_filters.ChoiceFilter(
        label="Due",
        method="by_due",
        choices=[("uncommitted", "Without commit"), ("late", "Commit has passed"), ("committed", "With commit")],
        empty_label="All open",
    )
    sell_to = PartyFilter(label="Sell-to", field_name="order__sell_to")
    part = django_filters.CharFilter(
        label="Part", field_name="line__product__sku", lookup_expr="exact", max_length=60, help_text="Our part number"
    )
    requested = DaySpanFilter(label="Request date", field_name="request_date")
    committed = DaySpanFilter(label="Current commit", field_name="current_commit")

    class Meta:
        model = Schedule
        fields: tuple[str, ...] = ()

    def by_due(self, queryset: QuerySet[Schedule], name: str, value: str) -> QuerySet[Schedule]:
        if value == "uncommitted":
            return queryset.filter(current_commit__isnull=True)
        if value == "late":
            return queryset.filter(current_commit__lt=self.request.tenant.today(timezone.now()))
        return queryset.filter(current_commit__isnull=False)


class MoveFilter(django_filters.FilterSet):
    direction = django_filters.ChoiceFilter(
        label="Moved", method="by_direction", choices=[("out", "Later"), ("in", "Earlier")], empty_label="Any"
    )
    sell_to = PartyFilter(label="Sell-to")
    end_buyer = PartyFilter(label="End buyer")

    class Meta:
        model = OrderLedger
        fields: tuple[str, ...] = ()

    def by_direction(self, queryset: QuerySet[OrderLedger], name: str, value: str) -> QuerySet[OrderLedger]:
        return queryset.filter(days__gt=0) if value == "out" else queryset.filter(days__lt=0)
