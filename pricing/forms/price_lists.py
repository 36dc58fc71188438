from django import forms

from catalog.fields import ProductField
from parties.fields import PartyField
from pricing.choices import PriceListKind
from pricing.fields import PriceField, QuantityField
from ui.fields import CurrencyField, DayField


class PriceListForm(forms.Form):
    code = forms.CharField(max_length=40)
    kind = forms.ChoiceField(choices=PriceListKind.choices)
    currency = CurrencyField()


class ListPriceForm(forms.Form):
    """A new price, or a new price or end of one that starts on the same day."""

    product = ProductField()
    min_qty = QuantityField(label="From quantity", initial=1)
    price = PriceField()
    valid_from = DayField()
    valid_to = DayField(required=False, help_text="Empty: until further notice")


class AssignmentForm(forms.Form):
    party = PartyField(label="Sell-to")
    valid_from = DayField()
    valid_to = DayField(required=False, help_text="Empty: until further notice")
