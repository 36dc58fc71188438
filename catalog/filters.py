import django_filters

from catalog.choices import Lifecycle
from catalog.models import PartNumber, Product, ProductFamily, UnitFactor


class ProductFilter(django_filters.FilterSet):
    sku = django_filters.CharFilter(lookup_expr="istartswith", label="Part number begins with")
    description = django_filters.CharFilter(lookup_expr="icontains", label="Description has")
    family = django_filters.CharFilter(field_name="family__code", lookup_expr="iexact", label="Family")
    lifecycle = django_filters.ChoiceFilter(choices=Lifecycle.choices, label="Lifecycle")

    class Meta:
        model = Product
        fields: list[str] = []


class FamilyFilter(django_filters.FilterSet):
    code = django_filters.CharFilter(lookup_expr="istartswith", label="Code begins with")

    class Meta:
        model = ProductFamily
        fields: list[str] = []


class UnitFilter(django_filters.FilterSet):
    unit = django_filters.CharFilter(lookup_expr="iexact", label="Unit")
    sku = django_filters.CharFilter(field_name="product__sku", lookup_expr="istartswith", label="Part begins with")

    class Meta:
        model = UnitFactor
        fields: list[str] = []


class PartNumberFilter(django_filters.FilterSet):
    number = django_filters.CharFilter(lookup_expr="istartswith", label="Number begins with")
    party = django_filters.CharFilter(field_name="party__code", lookup_expr="iexact", label="Party")
    sku = django_filters.CharFilter(field_name="product__sku", lookup_expr="istartswith", label="Part begins with")

    class Meta:
        model = PartNumber
        fields: list[str] = []
