import django_filters

from catalog.choices import Lifecycle
from catalog.models import Product


class ProductFilter(django_filters.FilterSet):
    sku = django_filters.CharFilter(lookup_expr="istartswith", label="Part number begins with")
    description = django_filters.CharFilter(lookup_expr="icontains", label="Description has")
    family = django_filters.CharFilter(field_name="family__code", lookup_expr="iexact", label="Family")
    lifecycle = django_filters.ChoiceFilter(choices=Lifecycle.choices, label="Lifecycle")

    class Meta:
        model = Product
        fields: list[str] = []
