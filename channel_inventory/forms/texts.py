from collections.abc import Sequence
from typing import Any

from django import forms

from parties.fields import PartyField

CERTIFY, LATER, REJECT = "certify", "later", "reject"
DECISIONS = (
    (CERTIFY, "It is the end buyer chosen below"),
    (LATER, "Put it off"),
    (REJECT, "Reject it: no end buyer that earns a claim"),
)


class TextForm(forms.Form):
    """`candidates` are (key, words) of the parties that are named like the text, the likest first."""

    decision = forms.ChoiceField(choices=DECISIONS, initial=CERTIFY, widget=forms.RadioSelect)
    candidate = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="Named like it")
    other = PartyField(required=False, label="Another end buyer", help_text="Code or name; goes before the choice")

    def __init__(self, *args: Any, candidates: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not candidates:
            del self.fields["candidate"]
            return
        self.fields["candidate"].choices = candidates  # type: ignore[attr-defined]  # a ChoiceField, declared above
        self.fields["candidate"].initial = candidates[0][0]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("decision") == CERTIFY and not self.errors and self.party_id() is None:
            raise forms.ValidationError("Say which end buyer it is: choose one, or name another.")
        return found

    def party_id(self) -> int | None:
        other = self.cleaned_data.get("other")
        if other is not None:
            return int(other.pk)
        candidate = self.cleaned_data.get("candidate")
        return int(candidate) if candidate else None
