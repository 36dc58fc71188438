"""A form field that other apps use too: a party by its code."""

from typing import Any

from django import forms

from parties.matching import match_parties
from parties.models import Party


class PartyField(forms.CharField):
    """A party by code, alias or name; cleans to the Party or None. Shown by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 200, "help_text": "Code or name", **kwargs})

    def clean(self, value: Any) -> Party | None:
        text = super().clean(value)
        if not text:
            return None
        match = match_parties([text]).get(text)
        if match is None:
            raise forms.ValidationError(f"There is no party “{text}”.")
        if match.party_id is None:
            raise forms.ValidationError(f"“{text}” means {len(match.party_ids)} parties: use the code.")
        return Party.objects.get(pk=match.party_id)

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Party) else value
