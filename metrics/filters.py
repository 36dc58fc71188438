from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from catalog.models import Product
from metrics.forms import DATE
from metrics.reports.bookings_billings_backlog.question import group_of
from orders.choices import Verb
from orders.models import OrderLedger
from parties.models import Party

NOBODY = "-"


class LedgerRowFilter(django_filters.FilterSet):
    """The filters of the figures page, so that a figure's rows are exactly those it sums."""

    first = django_filters.DateFilter(field_name="business_date", lookup_expr="gte", label="From", widget=DATE)
    last = django_filters.DateFilter(field_name="business_date", lookup_expr="lte", label="To", widget=DATE)
    verb = django_filters.MultipleChoiceFilter(choices=Verb, label="Verb", widget=forms.CheckboxSelectMultiple)
    sell_to = django_filters.CharFilter(method="of_party", label="Sell-to", help_text="Code; its branches are in")
    end_buyer = django_filters.CharFilter(method="of_party", label="End buyer", help_text="Code, or - for none named")
    product = django_filters.CharFilter(method="of_product", label="Product", help_text="SKU")
    currency = django_filters.CharFilter(field_name="currency", label="Currency")
    order = django_filters.CharFilter(field_name="order__number", label="Order")

    class Meta:
        model = OrderLedger
        fields: tuple[str, ...] = ()

    def of_party(self, queryset: QuerySet[OrderLedger], name: str, code: str) -> QuerySet[Any]:
        if name == "end_buyer" and code == NOBODY:
            return queryset.filter(end_buyer__isnull=True)
        party = Party.objects.filter(code__iexact=code.strip()).first()
        return queryset.filter(**{f"{name}_id__in": group_of(party.pk) or []}) if party else queryset.none()

    def of_product(self, queryset: QuerySet[OrderLedger], name: str, sku: str) -> QuerySet[Any]:
        product = Product.objects.filter(sku__iexact=sku.strip()).first()
        return queryset.filter(product=product) if product else queryset.none()
