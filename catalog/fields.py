from typing import Any

from django import forms

from catalog.models import Product


class ProductField(forms.CharField):
    """A part by our number; cleans to the Product or None. Shown by its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60, "label": "Part", **kwargs})

    def clean(self, value: Any) -> Product | None:
        sku = super().clean(value)
        if not sku:
            return None
        found = Product.objects.filter(sku__in=(sku, sku.upper())).order_by("pk").first()
        if found is None:
            raise forms.ValidationError(f"There is no part “{sku}”.")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.sku if isinstance(value, Product) else value
