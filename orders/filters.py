"""What the lists of the orders floor are filtered by."""

from typing import Any

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet, Value
from django.db.models.lookups import Lookup
from django.forms import Field
from django.utils import timezone

from jobs.choices import JobState, MailState
from orders.choices import OPEN_ORDERS, HoldKind, OrderStatus
from orders.entry import po_key
from orders.fields import PartyField
from orders.models import Hold, Order, OrderDraft, OrderLedger, OrderLine, PaperMail, Schedule
from parties.models import Party
from ui.day_filters import DaySpanFilter, InstantSpanFilter
from ui.lookups import IsAmong

OPEN = "open"
REQUESTED = "requested"
TROUBLE = "trouble"
NUMBER_YEARS = range(20, 40)


class PatternAtLeast(Lookup):
    """`~>=~`: unlike LIKE it is leakproof, so that the prefix index answers under row-level security."""

    operator = "~>=~"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} {self.operator} {right}", (*left_params, *right_params)


class PatternBelow(PatternAtLeast):
    operator = "~<~"


def po_starts_with(key: str) -> Q:
    """Leans on order_po_prefix."""
    field = F("customer_po_key")
    return Q(PatternAtLeast(field, Value(key))) & Q(PatternBelow(field, Value(key + "\U0010ffff")))


def numbers_meant(text: str) -> list[str]:
    """An order number as typed, or its last part alone: 100012 may be of any year."""
    text = text.strip().upper()
    return [f"SO-{year}-{text}" for year in NUMBER_YEARS] if text.isdigit() else [text]


class PartyFilter(django_filters.Filter):
    field_class: type[Field] = PartyField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text="Code, alias or name", **kwargs)


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


class DraftFilter(django_filters.FilterSet):
    """Who looks sees their own; the list does that by itself."""

    whose = django_filters.ChoiceFilter(
        label="Whose", method="by_owner", choices=[("all", "Everybody's")], empty_label="Mine"
    )

    class Meta:
        model = OrderDraft
        fields: tuple[str, ...] = ()

    def by_owner(self, queryset: QuerySet[OrderDraft], name: str, value: str) -> QuerySet[OrderDraft]:
        return queryset


class MailFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="State", method="by_state", choices=[(TROUBLE, "Not sent, or uncertain"), *MailState.choices]
    )
    address = django_filters.CharFilter(lookup_expr="iexact", label="Address")
    order = django_filters.CharFilter(field_name="order__number", lookup_expr="iexact", label="Order")
    created_at = InstantSpanFilter(field_name="created_at", label="Asked")

    class Meta:
        model = PaperMail
        fields: tuple[str, ...] = ()

    def by_state(self, queryset: QuerySet[PaperMail], name: str, value: str) -> QuerySet[PaperMail]:
        if value != TROUBLE:
            return queryset.filter(state=value)
        given_up = ~Q(state=MailState.SENT) & Q(job__state=JobState.FAILED)
        return queryset.filter(Q(state=MailState.FAILED) | given_up)
