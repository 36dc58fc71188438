import django_filters
from django.db.models import Q, QuerySet

from jobs.choices import JobState, MailState
from orders.models import PaperMail
from ui.day_filters import InstantSpanFilter

TROUBLE = "trouble"


class MailFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="State", method="by_state", choices=[(TROUBLE, "Not sent, or uncertain"), *MailState.choices]
    )
    address = django_filters.CharFilter(lookup_expr="iexact", label="Address")
    order = django_filters.CharFilter(field_name="order__number", lookup_expr="iexact", label="Order")
    created_at = InstantSpanFilter(field_name="created_at", label="Asked")

    class Meta:
        model = PaperMail
        fields: tuple[str, ...] = ()

    def by_state(self, queryset: QuerySet[PaperMail], name: str, value: str) -> QuerySet[PaperMail]:
        if value != TROUBLE:
            return queryset.filter(state=value)
        given_up = ~Q(state=MailState.SENT) & Q(job__state=JobState.FAILED)
        return queryset.filter(Q(state=MailState.FAILED) | given_up)
