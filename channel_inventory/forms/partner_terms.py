from typing import Any

from django import forms

from channel_inventory.choices import PriceBasis
from channel_inventory.models import PartnerTerms
from parties.fields import PartyField

MOST_DAYS = 3_660


def days(name: str, label: str, **kwargs: Any) -> forms.IntegerField:
    field: Any = PartnerTerms._meta.get_field(name)
    return forms.IntegerField(
        min_value=1, max_value=MOST_DAYS, initial=field.default, label=label, help_text=field.help_text, **kwargs
    )


class PartnerTermsForm(forms.Form):
    partner = PartyField(help_text="Code or name; it is a partner from then on")
    price_basis = forms.ChoiceField(
        choices=PriceBasis.choices, initial=PriceBasis.INVENTORY_COST,
        help_text="What a claim is counted from, down to the agreed cost",
    )  # fmt: skip
    window_days = days("window_days", "Days to report")
    claim_days = days("claim_days", "Days to claim")

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            self.fields["partner"].disabled = True
            self.fields["partner"].help_text = "Terms stay with their partner"
