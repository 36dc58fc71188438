"""Form fields for what a purchase order says: quantities, prices, days, schedules, and names as people know them."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from orders.lookup import Unknown, find_parties
from parties.models import Party

GROUPED = re.compile(r"\d{1,3}(?:[ ,'’\u00a0\u202f]\d{3})+")
SEPARATORS = re.compile(r"[ ,'’\u00a0\u202f]")
# together far below what an amount in minor units can hold, and far above what anybody orders
LARGEST_QUANTITY = 10**9
LARGEST_PRICE = 10**6
DAY_FORMATS = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d-%b-%y", "%d.%m.%Y", "%Y%m%d")
NO_SUCH_DAY = "No such day. Write 2027-01-14, 14 Jan 2027 or 14.01.2027."


class QuantityField(forms.IntegerField):
    """A whole number above 0; thousands may be grouped. "1.000" and "1,5" are refused, not guessed."""

    default_error_messages = {
        "invalid": "A whole number is wanted, like 2500 or 2,500.",
        "min_value": "The quantity must be more than 0.",
        "max_value": "More than 1,000,000,000 is not a quantity.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 1)
        super().__init__(**{"max_value": LARGEST_QUANTITY, **kwargs})
        self.widget = forms.TextInput(attrs={**self.widget.attrs, "inputmode": "numeric", "class": "num"})

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if GROUPED.fullmatch(text):
            text = SEPARATORS.sub("", text)
        if "." in text:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


class PriceField(forms.DecimalField):
    """A unit price, up to six decimals, not negative."""

    default_error_messages = {
        "invalid": "A price is wanted, like 1.85 or 0.333333.",
        "min_value": "A price cannot be negative.",
        "max_value": "More than 1,000,000 is not a unit price.",
        "max_decimal_places": "A unit price has at most six decimals.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"decimal_places": 6, "min_value": 0, "max_value": LARGEST_PRICE, **kwargs})
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num"})


class DayField(forms.DateField):
    """A calendar day, written so that day and month cannot be mistaken for each other."""

    default_error_messages = {"invalid": NO_SUCH_DAY}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"input_formats": DAY_FORMATS, **kwargs})

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value.strip() if isinstance(value, str) else value)
        if day is not None and not 1990 <= day.year <= 2199:
            raise ValidationError(NO_SUCH_DAY, code="invalid")
        return day


class DayPicker(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class WrongPart(ValidationError):
    """What is wrong with one schedule of several; `index` counts from 0."""

    def __init__(self, refused: ValidationError, index: int):
        super().__init__(refused.messages[0], code=getattr(refused, "code", None) or "invalid")
        self.index = index


class PartsField(forms.CharField):
    """Schedules in one text, `400@2027-01-14 600@2027-02-11` → ((400, day), (600, day))."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        ones = [one for one in re.split(r"[\s;]+", text) if one]
        return tuple(self.numbered_part(index, one) for index, one in enumerate(ones))

    def numbered_part(self, index: int, text: str) -> tuple[int, dt.date]:
        try:
            return self.part(text)
        except ValidationError as refused:
            raise WrongPart(refused, index) from refused

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(str(data or "").strip())

    def part(self, text: str) -> tuple[int, dt.date]:
        quantity, at, day = text.partition("@")
        if not at:
            raise ValidationError(f"“{text}” is not quantity@date, like 400@2027-01-14.", code="invalid")
        return QuantityField().clean(quantity), DayField().clean(day)


class PartyField(forms.CharField):
    """A party by code, alias or name. Cleans to the party, or None when it was left empty."""

    def clean(self, value: Any) -> Party | None:
        text = super().clean(value)
        if not text:
            return None
        found = find_parties([text])[text]
        if isinstance(found, Unknown):
            raise ValidationError(found.message, code="unknown")
        return found
