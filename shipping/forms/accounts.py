from typing import Any

from django import forms

from parties.fields import PartyField
from shipping.fields import day_field, offer
from shipping.models import Carrier
from ui.fields import CountryField


class CarrierForm(forms.Form):
    code = forms.CharField(max_length=20, help_text="SCAC or our own code")
    name = forms.CharField(max_length=120)
    services = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="One a line; empty: any"
    )

    def clean_services(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["services"].splitlines() if line.strip()]


class FreightAccountForm(forms.Form):
    party = PartyField(label="Whose account it is")
    carrier: "forms.ModelChoiceField[Carrier]" = forms.ModelChoiceField(None)
    service = forms.CharField(max_length=60, required=False, help_text="Only for this service; empty: any")
    number = forms.CharField(max_length=40, label="Account number")
    payer_country = CountryField()
    payer_postcode = forms.CharField(max_length=20)
    valid_from = day_field()
    valid_to = day_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "carrier", Carrier.objects.order_by("name", "pk"))
