"""Form fields: a family by its code, prices, quantities and days."""

from typing import Any

from django import forms

from catalog.models import ProductFamily
from pricing.agreements.drafts import LARGEST_QUANTITY


class FamilyField(forms.CharField):
    """A product family by its code; cleans to the ProductFamily or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, "label": "Family", **kwargs})

    def clean(self, value: Any) -> ProductFamily | None:
        code = super().clean(value)
        if not code:
            return None
        found = ProductFamily.objects.filter(code__in=(code, code.upper())).first()
        if found is None:
            raise forms.ValidationError(f"There is no family “{code}”.")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, ProductFamily) else value


class PriceField(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_digits": 18, "decimal_places": 6, "label": "Price", **kwargs})


class QuantityField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": LARGEST_QUANTITY, **kwargs})
