from typing import Any

import django_filters
from django import forms
from django.db.models import F, Func, IntegerField, Q, QuerySet, Value

from jobs.choices import MailState
from metrics.models import ReportDelivery
from metrics.narrowing import NO_END_BUYER, party_ids, product_ids
from orders.choices import Initiator, Verb
from orders.models import OrderLedger
from tenancy.fiscal import calendar_of
from ui.day_filters import DayFilter
from values.fiscal_bounds import bounds_of

DIRECTIONS = (("later", "Later"), ("earlier", "Earlier"))
PERIOD, QUARTER = "period", "quarter"
CROSSED = ((PERIOD, "Fiscal period end"), (QUARTER, "Fiscal quarter end"))


class LedgerRowFilter(django_filters.FilterSet):
    """The filters of the figures page, so that a figure's rows are exactly those it sums."""

    first = DayFilter(field_name="business_date", lookup_expr="gte", label="From")
    last = DayFilter(field_name="business_date", lookup_expr="lte", label="To")
    # rows are named once as they are: told apart, all that match would be read and sorted for each page
    verb = django_filters.MultipleChoiceFilter(
        choices=Verb, label="Verb", widget=forms.CheckboxSelectMultiple, distinct=False
    )
    sell_to = django_filters.CharFilter(
        method="of_party", label="Sell-to", help_text="Code; its branches are in, unless = stands before it"
    )
    end_buyer = django_filters.CharFilter(
        method="of_party", label="End buyer", help_text="Likewise, or - for none named"
    )
    product = django_filters.CharFilter(method="of_product", label="Product", help_text="SKU")
    family = django_filters.CharFilter(method="of_family", label="Family", help_text="Code")
    currency = django_filters.CharFilter(field_name="currency", label="Currency")
    order = django_filters.CharFilter(field_name="order__number", label="Order")
    direction = django_filters.ChoiceFilter(choices=DIRECTIONS, method="moved", label="Date moved")
    crosses = django_filters.ChoiceFilter(choices=CROSSED, method="crossing", label="Moved over a")
    initiator = django_filters.ChoiceFilter(choices=Initiator, label="Wanted by")

    class Meta:
        model = OrderLedger
        fields: tuple[str, ...] = ()

    def of_party(self, queryset: QuerySet[OrderLedger], name: str, code: str) -> QuerySet[Any]:
        ids = party_ids(code) or []
        named = Q(**{f"{name}_id__in": ids})
        return queryset.filter(named | Q(**{f"{name}__isnull": True}) if NO_END_BUYER in ids else named)

    def of_product(self, queryset: QuerySet[OrderLedger], name: str, sku: str) -> QuerySet[Any]:
        return queryset.filter(product_id__in=product_ids(sku, "") or [])

    def of_family(self, queryset: QuerySet[OrderLedger], name: str, code: str) -> QuerySet[Any]:
        return queryset.filter(product_id__in=product_ids("", code) or [])

    def moved(self, queryset: QuerySet[OrderLedger], name: str, direction: str) -> QuerySet[Any]:
        return queryset.filter(days__gt=0) if direction == "later" else queryset.filter(days__lt=0)

    def crossing(self, queryset: QuerySet[OrderLedger], name: str, end: str) -> QuerySet[Any]:
        bounds = bounds_of(calendar_of(self.request.tenant))
        starts = Value(bounds.periods if end == PERIOD else bounds.quarters)
        places = queryset.alias(from_place=Place("from_date", starts), to_place=Place("to_date", starts))
        return places.filter(~Q(from_place=F("to_place")))


class DeliveryFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=MailState, label="State")
    address = django_filters.CharFilter(lookup_expr="iexact", label="Address")
    since = DayFilter(field_name="as_of", lookup_expr="gte", label="As of, from")
    until = DayFilter(field_name="as_of", lookup_expr="lte", label="As of, to")

    class Meta:
        model = ReportDelivery
        fields: tuple[str, ...] = ()


class Place(Func):
    """Which of the stretches a date lies in, by their first days."""

    function = "width_bucket"
    output_field = IntegerField()
    template = "%(function)s(%(expressions)s::date[])"
