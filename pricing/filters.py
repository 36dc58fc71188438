import datetime as dt
from typing import Any

import django_filters
from django.db.models import QuerySet

from pricing.choices import AgreementStatus, Mechanism, PriceListKind
from pricing.models import Agreement, FxRate, PriceList, PriceListAssignment, PriceListItem
from ui.day_filters import DayFilter


class PriceListFilter(django_filters.FilterSet):
    code = django_filters.CharFilter(lookup_expr="istartswith", label="Code begins with")
    kind = django_filters.ChoiceFilter(choices=PriceListKind.choices, label="Kind")

    class Meta:
        model = PriceList
        fields: list[str] = []


class ListItemFilter(django_filters.FilterSet):
    sku = django_filters.CharFilter(field_name="product__sku", lookup_expr="istartswith", label="Part begins with")
    on = DayFilter(method="filter_on", label="In force on")

    class Meta:
        model = PriceListItem
        fields: list[str] = []

    def filter_on(self, queryset: QuerySet[Any], name: str, value: dt.date) -> QuerySet[Any]:
        return queryset.filter(valid_from__lte=value).exclude(valid_to__lt=value)


class AgreementFilter(django_filters.FilterSet):
    number = django_filters.CharFilter(lookup_expr="istartswith", label="Number begins with")
    status = django_filters.ChoiceFilter(choices=AgreementStatus.choices, label="Status")
    mechanism = django_filters.ChoiceFilter(choices=Mechanism.choices, label="Mechanism")
    end_buyer = django_filters.CharFilter(field_name="end_buyer__code", lookup_expr="iexact", label="End buyer, code")
    sell_to = django_filters.CharFilter(field_name="sell_to__code", lookup_expr="iexact", label="Sell-to, code")

    class Meta:
        model = Agreement
        fields: list[str] = []


class FxRateFilter(django_filters.FilterSet):
    from_currency = django_filters.CharFilter(lookup_expr="iexact", label="From")
    to_currency = django_filters.CharFilter(lookup_expr="iexact", label="To")

    class Meta:
        model = FxRate
        fields: list[str] = []


class AssignmentFilter(django_filters.FilterSet):
    party = django_filters.CharFilter(field_name="party__code", lookup_expr="iexact", label="Sell-to, code")
    price_list = django_filters.CharFilter(field_name="price_list__code", lookup_expr="iexact", label="List")
    on = DayFilter(method="filter_on", label="In force on")

    class Meta:
        model = PriceListAssignment
        fields: list[str] = []

    def filter_on(self, queryset: QuerySet[Any], name: str, value: dt.date) -> QuerySet[Any]:
        return queryset.filter(valid_from__lte=value).exclude(valid_to__lt=value)
