from django import forms

from ui.fields import CurrencyField, DayField


class FxRateForm(forms.Form):
    date = DayField()
    from_currency = CurrencyField(label="One unit of")
    rate = forms.DecimalField(max_digits=18, decimal_places=8, label="is so many")
    to_currency = CurrencyField(label="of")
