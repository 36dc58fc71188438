import django_filters

from channel_inventory.choices import CertificationMethod, TextState
from channel_inventory.models import ReportedEndBuyer
from orders.filters.parties import PartyFilter


class TextFilter(django_filters.FilterSet):
    partner = PartyFilter(field_name="partner", label="Partner")
    state = django_filters.ChoiceFilter(choices=TextState.choices)
    method = django_filters.ChoiceFilter(choices=CertificationMethod.choices, label="Found by")
    q = django_filters.CharFilter(field_name="name", lookup_expr="istartswith", label="Name begins with")

    class Meta:
        model = ReportedEndBuyer
        fields: list[str] = []
