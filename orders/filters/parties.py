from typing import Any

import django_filters
from django.forms import Field

from orders.fields import PartyField


class PartyFilter(django_filters.Filter):
    field_class: type[Field] = PartyField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text="Code, alias or name", **kwargs)
