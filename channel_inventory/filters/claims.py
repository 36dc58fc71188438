from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from channel_inventory.choices import ClaimLineState, ClaimReason, ClaimState
from channel_inventory.models import Claim, ClaimCredit, ClaimLine
from orders.filters.parties import PartyFilter
from ui.day_filters import DaySpanFilter

LONG = 14


class ClaimFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="number", lookup_expr="istartswith", label="Number begins with")
    partner = PartyFilter(field_name="partner", label="Partner")
    state = django_filters.ChoiceFilter(choices=ClaimState.choices)
    waits = django_filters.ChoiceFilter(
        label="Waits", method="filter_waiting", choices=[("yes", "to be decided"), ("long", "longer than 14 days")]
    )
    received = DaySpanFilter(field_name="received_on", label="Received")

    class Meta:
        model = Claim
        fields: list[str] = []

    def filter_waiting(self, claims: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        pending = ClaimLine.objects.filter(claim=OuterRef("pk"), state=ClaimLineState.PENDING)
        found = claims.filter(Exists(pending))
        if value == "long":
            today = self.request.tenant.today(timezone.now())
            found = found.filter(received_on__lt=today - timedelta(days=LONG))
        return found


class ClaimLineFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=ClaimLineState.choices)
    reason = django_filters.ChoiceFilter(
        choices=[(code, f"{code} {label}") for code, label in ClaimReason.choices], label="Reason"
    )
    denial = django_filters.ChoiceFilter(
        label="Findings", method="filter_denial", choices=[("no", "none that denies"), ("yes", "some that deny")]
    )

    class Meta:
        model = ClaimLine
        fields: list[str] = []

    def filter_denial(self, lines: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        denies = {"findings__contains": [{"is_denial": True}]}
        return lines.filter(**denies) if value == "yes" else lines.exclude(**denies)


class CreditFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="number", lookup_expr="istartswith", label="Number begins with")
    partner = PartyFilter(field_name="partner", label="Partner")

    class Meta:
        model = ClaimCredit
        fields: list[str] = []
