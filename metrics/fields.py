"""Form fields for whose figures: parties, products and families, named by their codes alone."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from catalog.models import Product, ProductFamily
from parties.models import Party


class RecordByCode(forms.CharField):
    """A record by its code, in small letters or capitals. Cleans to the record, or None when it was left empty."""

    model: ClassVar[type[Model]]
    key: ClassVar[str] = "code"
    noun: ClassVar[str]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "help_text": "Code", **kwargs})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = self.model._default_manager.filter(**{f"{self.key}__iexact": text}).first()
        if found is None:
            raise forms.ValidationError(f"There is no {self.noun} “{text}”.")
        return found


class PartyByCode(RecordByCode):
    model, noun = Party, "party"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "Code; its branches are in", **kwargs})


class ProductBySku(RecordByCode):
    model, key, noun = Product, "sku", "product"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Product", "help_text": "SKU", **kwargs})


class FamilyByCode(RecordByCode):
    model, noun = ProductFamily, "product family"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Product family", **kwargs})
