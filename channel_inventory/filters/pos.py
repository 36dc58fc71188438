import sys

import django_filters
from django.db.models import Q, QuerySet

from catalog.models import Product
from channel_inventory.choices import PosState
from channel_inventory.models import PosLine
from channel_inventory.pos.keys import squeezed
from orders.filters.parties import PartyFilter
from ui.day_filters import DaySpanFilter
from ui.yes_no_filter import YesNoFilter


class PosFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="of_invoice", label="Invoice begins with")
    partner = PartyFilter(label="Partner")
    end_buyer = PartyFilter(label="End buyer")
    sku = django_filters.CharFilter(method="of_part", label="Part")
    is_certified = django_filters.BooleanFilter(
        field_name="end_buyer", lookup_expr="isnull", exclude=True, label="Certified"
    )
    state = django_filters.ChoiceFilter(choices=PosState.choices, label="State")
    currency = django_filters.CharFilter(lookup_expr="iexact", label="Currency")
    is_return = YesNoFilter(yes=Q(quantity__lt=0), no=Q(quantity__gt=0), label="Taken back")
    invoice_date = DaySpanFilter(label="Resold", field_name="invoice_date")
    text = django_filters.NumberFilter(field_name="reported_end_buyer_id", label="Reported text no.")
    batch = django_filters.NumberFilter(field_name="batch_id", label="File no.")

    class Meta:
        model = PosLine
        fields: list[str] = []

    def of_invoice(self, queryset: QuerySet[PosLine], name: str, start: str) -> QuerySet[PosLine]:
        """A key begins with the invoice's number, without its blanks and in capitals: what pos_line_current_once finds
        of it, partner by partner, is looked at. Lines that were replaced are few."""
        key = squeezed(start)
        current = Q(state=PosState.CURRENT, line_key__gte=key, line_key__lt=key + chr(sys.maxunicode))
        return queryset.filter(current | Q(state=PosState.CORRECTED), invoice_number__istartswith=start)

    def of_part(self, queryset: QuerySet[PosLine], name: str, sku: str) -> QuerySet[PosLine]:
        """Looked up first: joined, the planner would not see how many lines a part has."""
        parts = list(Product.objects.filter(sku__iexact=sku).values_list("pk", flat=True))
        return queryset.filter(product_id__in=parts)
