import datetime as dt
from typing import Any

from django import forms

from parties.choices import LocationPurpose
from parties.fields import PartyField
from shipping.choices import Incoterm
from shipping.fields import FamilyField, PlaceField, day_field, offer
from shipping.models import ShippingTerms
from ui.fields import CountryField

ANY = [("", "any")]
PRIORITY = 1_000_000


def kilograms(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(**{"required": False, "min_value": 0, "max_digits": 12, "decimal_places": 3, **options})


def amount(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(**{"required": False, "min_value": 0, "max_digits": 18, "decimal_places": 3, **options})


class RuleForm(forms.Form):
    layout = (
        ("Rule", ("code", "terms", "priority", "is_active")),
        ("Who", ("sell_to", "end_buyer")),
        ("Where", ("ship_to", "ship_to_country", "ship_to_region", "ship_from")),
        (
            "What",
            ("family", "incoterm", "min_weight_kg", "max_weight_kg", "min_value", "max_value"),
        ),
        ("When", ("valid_from", "valid_to")),
    )

    code = forms.CharField(max_length=40)
    terms: "forms.ModelChoiceField[ShippingTerms]" = forms.ModelChoiceField(None)
    priority = forms.IntegerField(
        initial=0, min_value=-PRIORITY, max_value=PRIORITY, help_text="Higher wins among equally specific rules"
    )
    is_active = forms.BooleanField(required=False, initial=True, label="In use")
    sell_to = PartyField(required=False, label="Sell-to", help_text="The party or any branch below it")
    end_buyer = PartyField(required=False)
    ship_to = PlaceField(required=False, label="Ship-to", purposes=(LocationPurpose.SHIP_TO,))
    ship_to_country = CountryField(required=False, label="Ship-to country")
    ship_to_region = forms.CharField(max_length=60, required=False, label="Ship-to region")
    ship_from = PlaceField(
        required=False, label="Ship-from site", purposes=(LocationPurpose.SHIP_FROM, LocationPurpose.HUB)
    )
    family = FamilyField(required=False)
    incoterm = forms.ChoiceField(choices=[*ANY, *Incoterm.choices], required=False, label="Incoterm of the order")
    min_weight_kg = kilograms(label="Weight from, kg", help_text="Both ends belong to the band")
    max_weight_kg = kilograms(label="Weight to, kg")
    min_value = amount(label="Value from", help_text="In our reporting currency")
    max_value = amount(label="Value to")
    valid_from = day_field()
    valid_to = day_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "terms", ShippingTerms.objects.filter(is_active=True).order_by("code"))


class TryForm(forms.Form):
    """A delivery that may or may not exist: which terms would it get?"""

    sell_to = PartyField(label="Sell-to")
    end_buyer = PartyField(required=False)
    ship_to = PlaceField(required=False, label="Ship-to", purposes=(LocationPurpose.SHIP_TO,))
    ship_from = PlaceField(
        required=False, label="Ship-from site", purposes=(LocationPurpose.SHIP_FROM, LocationPurpose.HUB)
    )
    family = FamilyField(required=False)
    weight_kg = kilograms(label="Weight, kg")
    value = amount(help_text="In our reporting currency")
    incoterm = forms.ChoiceField(choices=[*ANY, *Incoterm.choices], required=False)
    on = day_field(required=True, label="On")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
