from typing import Any

import django_filters
from django.db.models import Q


class YesNoFilter(django_filters.BooleanFilter):
    """Rows that meet one condition, or those that meet another: what is in neither is in the whole list alone."""

    def __init__(self, *, yes: Q, no: Q, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.halves = {True: yes, False: no}

    def filter(self, qs: Any, value: Any) -> Any:
        return qs.filter(self.halves[value]) if value in self.halves else qs
