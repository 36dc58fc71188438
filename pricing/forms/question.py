from django import forms

from catalog.fields import ProductField
from parties.fields import PartyField
from pricing.fields import QuantityField
from ui.fields import CurrencyField, DayField


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
