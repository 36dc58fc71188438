"""Form fields of shipping pages: a place by PARTY/CODE, a family, a day."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from catalog.models import ProductFamily
from catalog.references import find_families
from exchange.columns import Ambiguous
from parties.models import Location
from parties.references import find_locations
from ui.fields import DayField


class PlaceField(forms.CharField):
    """A location by `PARTY/CODE`, or by whatever only one place answers to; cleans to the Location or None."""

    def __init__(self, *, purposes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**{"max_length": 81, "help_text": "As PARTY/CODE", **kwargs})
        self.purposes = purposes

    def clean(self, value: Any) -> Location | None:
        text = super().clean(value)
        if not text:
            return None
        found = find_locations(frozenset([text]), None, purposes=self.purposes).get(text)
        if isinstance(found, Ambiguous):
            raise forms.ValidationError(found.message)
        if found is None:
            raise forms.ValidationError(f"There is no location “{text}”.")
        return Location.objects.select_related("party").get(pk=found)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.party.code}/{value.code}" if isinstance(value, Location) else value


def offer(form: Any, name: str, queryset: QuerySet[Any]) -> None:
    """Fill a choice among records: forms are declared before there is a tenant."""
    form.fields[name].queryset = queryset


class FamilyField(forms.CharField):
    """A product family by its code; cleans to the ProductFamily or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, "label": "Product family", **kwargs})

    def clean(self, value: Any) -> ProductFamily | None:
        text = super().clean(value)
        if not text:
            return None
        found = find_families(frozenset([text]), None).get(text)
        if not isinstance(found, int):
            raise forms.ValidationError(f"There is no product family “{text}”.")
        return ProductFamily.objects.get(pk=found)

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, ProductFamily) else value


def day_field(**options: Any) -> DayField:
    return DayField(**{"required": False, **options})
