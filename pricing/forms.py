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


class FxRateForm(forms.Form):
    date = DayField()
    from_currency = CurrencyField(label="One unit of")
    rate = forms.DecimalField(max_digits=18, decimal_places=8, label="is so many")
    to_currency = CurrencyField(label="of")


class QuestionForm(forms.Form):
    """What the price of a line would be."""

    layout = (
        ("Line", ("sell_to", "end_buyer", "product", "quantity", "currency", "on")),
        ("If stated", ("project", "cited_agreement")),
    )

    sell_to = PartyField(label="Sell-to")
    end_buyer = PartyField(required=False)
    product = ProductField()
    quantity = QuantityField()
    currency = CurrencyField()
    on = DayField(label="Price date")
    project = forms.CharField(max_length=60, required=False)
    cited_agreement = forms.CharField(max_length=40, required=False, label="Agreement the customer cites")
