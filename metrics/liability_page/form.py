import datetime as dt
from typing import Any

from django import forms

from channel_inventory.choices import LiabilityKind
from metrics.asked import Asked
from metrics.fields import PartyByCode, ProductBySku
from metrics.forms import day_field
from metrics.narrowing import agreement_ids
from tenancy.models import Tenant

ENDINGS = [("pdf", "PDF"), ("xlsx", "XLSX"), ("json", "JSON")]


class LiabilityForm(forms.Form):
    """What the liability page, or a report made from it, is about. Parties, products, agreements by their codes."""

    as_of = day_field(label="As of", help_text="Any day; empty: today")
    first = day_field(label="Movements from", help_text="Empty: the fiscal period's first day")
    known_on = day_field(label="As known on", help_text="Empty: all that is known now")
    partner = PartyByCode(label="Partner")
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *LiabilityKind.choices])
    end_buyer = PartyByCode(label="End buyer")
    agreement = forms.CharField(label="Agreement", required=False, help_text="Number; every revision")
    product = ProductBySku()
    currency = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tenant: Tenant, today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.tenant, self.today = tenant, today

    def clean_as_of(self) -> dt.date:
        return self.cleaned_data["as_of"] or self.today

    def clean_agreement(self) -> str:
        number = self.cleaned_data["agreement"].strip()
        if agreement_ids(number) == []:
            raise forms.ValidationError(f"There is no agreement “{number}”.")
        return number

    def clean(self) -> dict[str, Any]:
        first, as_of = self.cleaned_data.get("first"), self.cleaned_data.get("as_of")
        if first and as_of and first > as_of:
            self.add_error("first", "The first day is after the as-of date.")
        return self.cleaned_data

    def asked(self) -> Asked:
        """Of a valid form."""
        typed = self.cleaned_data
        partner, end_buyer, product = (typed[name] and typed[name].pk for name in ("partner", "end_buyer", "product"))
        return Asked(
            as_of=typed["as_of"],
            first=typed["first"],
            known_on=typed["known_on"],
            partner_id=partner,
            end_buyer_id=end_buyer,
            product_id=product,
            agreement=typed["agreement"],
            kind=typed["kind"],
        )


class LiabilityReportForm(LiabilityForm):
    """The same, to be made as a file."""

    ending = forms.ChoiceField(choices=ENDINGS)
