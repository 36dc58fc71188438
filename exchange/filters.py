from typing import Any

import django_filters

from exchange.choices import BatchState
from exchange.kinds import kinds
from exchange.models import ImportBatch
from ui.day_filters import InstantSpanFilter


def kind_titles() -> list[tuple[str, str]]:
    return [(kind.name, kind.title) for kind in kinds().values()]


class BatchFilter(django_filters.FilterSet):
    file_name = django_filters.CharFilter(lookup_expr="startswith", label="File name")
    state = django_filters.ChoiceFilter(choices=BatchState.choices, label="State")
    kind = django_filters.ChoiceFilter(label="Kind", choices=kind_titles)
    uploaded_at = InstantSpanFilter(field_name="uploaded_at", label="Uploaded")

    class Meta:
        model = ImportBatch
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None:
            seen = {kind.name for kind in kinds().values() if kind.is_visible_to(self.request.member)}
            self.filters["kind"].extra["choices"] = [each for each in kind_titles() if each[0] in seen]
