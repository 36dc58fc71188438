from typing import Any

from django import forms

from parties.choices import LocationPurpose
from shipping.choices import Incoterm, Payer
from shipping.fields import PlaceField, offer
from shipping.models import Carrier, FreightAccount

DAYS = 366


def lines(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class TermsForm(forms.Form):
    """Cleans `account`, a number, to the freight account with the carrier chosen."""

    layout = (
        ("Terms", ("code", "incoterm", "named_place", "is_active")),
        ("Who pays the freight", ("freight_payer", "carrier", "service", "account")),
        ("Who pays duty and tax", ("duty_payer", "duty_account")),
        ("The way", ("re_shipper", "partials_allowed", "ship_complete", "early_days", "late_days")),
        ("What the dock is told", ("labels", "documents", "packing", "instructions")),
    )

    code = forms.CharField(max_length=40)
    incoterm = forms.ChoiceField(choices=Incoterm.choices, label="Incoterm (2020)")
    named_place = forms.CharField(max_length=120, help_text="The place that belongs to the Incoterm")
    is_active = forms.BooleanField(required=False, initial=True, label="In use")
    freight_payer = forms.ChoiceField(choices=Payer.choices)
    carrier: "forms.ModelChoiceField[Carrier]" = forms.ModelChoiceField(None, required=False)
    service = forms.CharField(max_length=60, required=False)
    account = forms.CharField(
        max_length=40, required=False, label="Account number", help_text="Empty: the payer's own account is looked up"
    )
    duty_payer = forms.ChoiceField(choices=Payer.choices, initial=Payer.RECEIVER)
    duty_account = forms.CharField(max_length=40, required=False)
    re_shipper = PlaceField(
        required=False, purposes=(LocationPurpose.HUB,), help_text="As PARTY/CODE: receives the goods and sends them on"
    )
    partials_allowed = forms.BooleanField(required=False, initial=True, label="Partial deliveries allowed")
    ship_complete = forms.BooleanField(required=False, label="Ships complete or not at all")
    early_days = forms.IntegerField(
        required=False, min_value=0, max_value=DAYS, help_text="Business days; empty: the customer's"
    )
    late_days = forms.IntegerField(required=False, min_value=0, max_value=DAYS)
    labels = lines("Labels")
    documents = lines("Documents to enclose", "One a line")
    packing = lines("Packing")
    instructions = lines("Instructions")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "carrier", Carrier.objects.order_by("name", "pk"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        number, carrier = found.get("account"), found.get("carrier")
        if number and carrier is None and "carrier" not in self.errors:
            self.add_error("carrier", "An account is with a carrier: say which.")
        found["freight_account"] = None
        if number and carrier:
            found["freight_account"] = self.find_account(number, carrier, found.get("service", ""))
        return found

    def find_account(self, number: str, carrier: Carrier, service: str) -> FreightAccount | None:
        """The account for the very service, else the one for any, else whichever the carrier has."""
        same = list(FreightAccount.objects.filter(number=number, carrier=carrier).order_by("pk"))
        if not same:
            self.add_error("account", f"There is no freight account “{number}” with {carrier.name}.")
            return None
        return max(same, key=lambda each: (each.service == service, each.service == ""))
