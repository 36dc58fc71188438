from typing import Any

from django import forms

from parties.fields import PartyField
from parties.models import Party
from ui.fields import CountryField

CERTIFY, LATER, REJECT = "certify", "later", "reject"
DECISIONS = ((CERTIFY, "Certify"), (LATER, "Later"), (REJECT, "Not an end buyer"))
REASONS = ("The partner's own stock", "Cash sale, no customer named", "A reseller, not who uses it")


class TextForm(forms.Form):
    """What a person decides. `candidate` is the key of a party that was picked; else `other`, typed, says who it is."""

    decision = forms.ChoiceField(choices=DECISIONS)
    candidate = forms.IntegerField(required=False, min_value=1)
    other = PartyField(required=False, label="Another party")
    is_learnt = forms.BooleanField(required=False)
    reason = forms.CharField(
        required=False, max_length=300, label="Why it is not an end buyer", help_text="Stands in the history"
    )

    def clean_candidate(self) -> int | None:
        found = Party.objects.filter(pk=self.cleaned_data["candidate"]).first()
        if found is None and self.cleaned_data["candidate"]:
            # there is no field to show it at
            self.add_error(None, "This party is not there any more.")
        return (found.merged_into_id or found.pk) if found else None

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        decision = found.get("decision")
        if found.get("candidate"):
            self.errors.pop("other", None)
        if decision == CERTIFY and not self.errors and self.party_id() is None:
            self.add_error("other", "Say which end buyer it is: pick one, or name another.")
        if decision == REJECT and not found.get("reason"):
            self.add_error("reason", "Say why.")
        return found

    def party_id(self) -> int | None:
        picked, other = self.cleaned_data.get("candidate"), self.cleaned_data.get("other")
        return picked or (other and other.pk)


class NewBuyerForm(forms.Form):
    """A party made of what was reported. With an address it gets a place."""

    name = forms.CharField(max_length=200)
    code = forms.CharField(max_length=40, help_text="Ours; it stays")
    country = CountryField()
    address = forms.CharField(max_length=200, required=False, label="Street")
    city = forms.CharField(max_length=100, required=False)
    postcode = forms.CharField(max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for one, other in (("address", "city"), ("city", "address")):
            if found.get(one) and other not in self.errors and not found.get(other):
                self.add_error(other, "A place has a street and a city; leave both empty for a party without one.")
        if found.get("postcode") and not (found.get("address") or found.get("city")):
            self.add_error("address", "A postcode alone is no place.")
        return found
