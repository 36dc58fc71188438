from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from parties.choices import LocationPurpose, PartyRole, PartyStatus
from parties.models import Contact, Location, Party, PartyAlias
from values.text import normalise_name


class PartyFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="named", label="Code or name begins with")
    role = django_filters.ChoiceFilter(choices=PartyRole.choices, field_name="role_facts__role", label="Role")
    status = django_filters.ChoiceFilter(choices=PartyStatus.choices, label="Status")
    country = django_filters.CharFilter(lookup_expr="iexact", label="Country")

    class Meta:
        model = Party
        fields: list[str] = []

    def named(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        found = Q(code__istartswith=value)
        if normal := normalise_name(value):
            found |= Q(normalised_name__startswith=normal)
        return queryset.filter(found)


class LocationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="named", label="Code or name begins with")
    purpose = django_filters.ChoiceFilter(choices=LocationPurpose.choices, label="Purpose")
    country = django_filters.CharFilter(lookup_expr="iexact", label="Country")

    class Meta:
        model = Location
        fields: list[str] = []

    def named(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(
            Q(code__istartswith=value) | Q(name__istartswith=value) | Q(party__code__istartswith=value)
        )


class ContactFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Name has")
    party = django_filters.CharFilter(field_name="party__code", lookup_expr="iexact", label="Party")

    class Meta:
        model = Contact
        fields: list[str] = []


class AliasFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="named", label="Begins with")
    party = django_filters.CharFilter(field_name="party__code", lookup_expr="iexact", label="Means")

    class Meta:
        model = PartyAlias
        fields: list[str] = []

    def named(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(normalised__startswith=normalise_name(value))
