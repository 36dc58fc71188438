import django_filters
from django.db.models import QuerySet

from orders.models import OrderDraft


class DraftFilter(django_filters.FilterSet):
    """Who looks sees their own; the list does that by itself."""

    whose = django_filters.ChoiceFilter(
        label="Whose", method="by_owner", choices=[("all", "Everybody's")], empty_label="Mine"
    )

    class Meta:
        model = OrderDraft
        fields: tuple[str, ...] = ()

    def by_owner(self, queryset: QuerySet[OrderDraft], name: str, value: str) -> QuerySet[OrderDraft]:
        return queryset
