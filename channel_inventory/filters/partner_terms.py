import django_filters

from channel_inventory.choices import PriceBasis
from channel_inventory.models import PartnerTerms
from orders.filters.parties import PartyFilter


class PartnerTermsFilter(django_filters.FilterSet):
    partner = PartyFilter(field_name="partner", label="Partner")
    price_basis = django_filters.ChoiceFilter(choices=PriceBasis.choices, label="Price basis")

    class Meta:
        model = PartnerTerms
        fields: list[str] = []
