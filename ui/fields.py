"""Form fields of every app: a country, a currency, a day."""

import datetime as dt
from typing import Any

from django import forms

from values.countries import COUNTRIES
from values.currencies import MINOR_UNITS

# of what somebody typed
SHOWN = 20


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


class DayField(forms.DateField):
    """A calendar day, as the browser's own picker sends it. 01/02/2027 is refused, not guessed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], **kwargs})

    def to_python(self, value: Any) -> dt.date | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as refused:
            # the browser's picker shows nothing of what it cannot read
            typed = str(value)[:SHOWN]
            raise forms.ValidationError(f"No such day: {typed}. Write it as 2027-01-14.", code="invalid") from refused
