"""Form fields of every app: a country, a currency."""

from typing import Any

from django import forms

from values.countries import COUNTRIES
from values.currencies import MINOR_UNITS


class CountryField(forms.CharField):
    """ISO code of two letters, in capitals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 2, "help_text": "Two letters, as DE or US", **kwargs})

    def clean(self, value: Any) -> str:
        code = super().clean(value).upper()
        if code and code not in COUNTRIES:
            raise forms.ValidationError(f"“{code}” is no ISO country code of two letters.")
        return code


class CurrencyField(forms.CharField):
    """ISO code of three letters, in capitals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 3, **kwargs})

    def clean(self, value: Any) -> str:
        code = super().clean(value).upper()
        if code and code not in MINOR_UNITS:
            raise forms.ValidationError(f"“{code}” is no ISO currency code of three letters.")
        return code
