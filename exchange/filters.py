import django_filters

from exchange.choices import BatchState
from exchange.models import ImportBatch
from ui.day_filters import InstantSpanFilter


class BatchFilter(django_filters.FilterSet):
    file_name = django_filters.CharFilter(lookup_expr="startswith", label="File name")
    state = django_filters.ChoiceFilter(choices=BatchState.choices, label="State")
    kind = django_filters.CharFilter(label="Kind")
    uploaded_at = InstantSpanFilter(field_name="uploaded_at", label="Uploaded")

    class Meta:
        model = ImportBatch
        fields: list[str] = []
