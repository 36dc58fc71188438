from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from shipping.choices import Incoterm, Payer
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms
from ui.day_filters import DayFilter


class TermsFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="code", lookup_expr="istartswith", label="Code begins with")
    incoterm = django_filters.ChoiceFilter(choices=Incoterm.choices, label="Incoterm")
    freight_payer = django_filters.ChoiceFilter(choices=Payer.choices, label="Freight payer")
    is_active = django_filters.BooleanFilter(label="In use")

    class Meta:
        model = ShippingTerms
        fields: list[str] = []


class RuleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="named", label="Code, terms or party begins with")
    country = django_filters.CharFilter(field_name="ship_to_country", lookup_expr="iexact", label="Ship-to country")
    is_active = django_filters.BooleanFilter(label="In use")

    class Meta:
        model = ShippingRule
        fields: list[str] = []

    def named(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(
            Q(code__istartswith=value)
            | Q(terms__code__istartswith=value)
            | Q(sell_to__code__istartswith=value)
            | Q(end_buyer__code__istartswith=value)
        )


class FreightAccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="named", label="Party or carrier begins with")
    country = django_filters.CharFilter(field_name="payer_country", lookup_expr="iexact", label="Payer's country")
    valid_on = DayFilter(method="valid", label="Valid on")

    class Meta:
        model = FreightAccount
        fields: list[str] = []

    def named(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(
            Q(party__code__istartswith=value)
            | Q(party__name__istartswith=value)
            | Q(carrier__code__istartswith=value)
            | Q(carrier__name__istartswith=value)
        )

    def valid(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return queryset.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=value), Q(valid_to__isnull=True) | Q(valid_to__gte=value)
        )


class CarrierFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="named", label="Code or name begins with")

    class Meta:
        model = Carrier
        fields: list[str] = []

    def named(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(Q(code__istartswith=value) | Q(name__istartswith=value))
