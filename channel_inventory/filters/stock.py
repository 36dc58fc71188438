from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from catalog.models import Product
from channel_inventory.choices import GapClass, StockKind
from channel_inventory.models import CostLayer, StockLedger, StockPosition
from parties.models import Party
from ui.day_filters import DayFilter
from ui.yes_no_filter import YesNoFilter

DIFFERS = Q(gap__isnull=False) & ~Q(gap=0)


class OfPartnerAndPart(django_filters.FilterSet):
    """Partners and parts are looked up first. Joined, the planner cannot see through the policies how many match: it
    takes them for one, and reads all that was ever moved of each."""

    partner = django_filters.CharFilter(method="of_partner", label="Partner, code")
    part = django_filters.CharFilter(method="of_part", label="Part begins with")

    def of_partner(self, queryset: QuerySet[Any], name: str, code: str) -> QuerySet[Any]:
        return queryset.filter(
            partner_id__in=list(Party.objects.filter(code__iexact=code).values_list("pk", flat=True))
        )

    def of_part(self, queryset: QuerySet[Any], name: str, start: str) -> QuerySet[Any]:
        return queryset.filter(
            product_id__in=list(Product.objects.filter(sku__istartswith=start).values_list("pk", flat=True))
        )


class StockPositionFilter(OfPartnerAndPart):
    gap = django_filters.ChoiceFilter(field_name="gap_class", choices=GapClass.choices, label="Gap is")
    differs = YesNoFilter(yes=DIFFERS, no=Q(gap=0), label="Differs from the report")
    building_up = django_filters.BooleanFilter(field_name="is_building_up", label="Building up")
    no_demand = django_filters.BooleanFilter(field_name="weeks", lookup_expr="isnull", label="No demand")

    class Meta:
        model = StockPosition
        fields: list[str] = []


class StockRowFilter(OfPartnerAndPart):
    kind = django_filters.ChoiceFilter(choices=StockKind.choices, label="What")
    first = DayFilter(field_name="event_date", lookup_expr="gte", label="From")
    last = DayFilter(field_name="event_date", lookup_expr="lte", label="To")

    class Meta:
        model = StockLedger
        fields: list[str] = []


class CostLayerFilter(OfPartnerAndPart):
    is_open = YesNoFilter(yes=Q(remaining__gt=0), no=Q(remaining=0), label="Holds something")

    class Meta:
        model = CostLayer
        fields: list[str] = []
