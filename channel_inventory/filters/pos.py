import django_filters
from django.db.models import Q

from channel_inventory.choices import PosState
from channel_inventory.models import PosLine
from orders.filters.parties import PartyFilter
from ui.day_filters import DaySpanFilter
from ui.yes_no_filter import YesNoFilter


class PosFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="invoice_number", lookup_expr="istartswith", label="Invoice begins with")
    partner = PartyFilter(label="Partner")
    end_buyer = PartyFilter(label="End buyer")
    sku = django_filters.CharFilter(field_name="product__sku", lookup_expr="iexact", label="Part")
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
