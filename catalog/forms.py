from django import forms

from catalog.choices import Lifecycle
from catalog.fields import ProductField
from parties.fields import PartyField
from ui.fields import CountryField, CurrencyField

DAYS = 32_767


class ProductForm(forms.Form):
    layout = (
        ("Part", ("sku", "description", "family", "lifecycle")),
        ("Quantities", ("unit", "minimum_qty", "multiple_qty", "unit_weight_g", "lead_time_days")),
        ("Trade", ("country_of_origin", "hts", "eccn", "floor_price", "floor_currency")),
    )

    sku = forms.CharField(max_length=60, label="Part number")
    description = forms.CharField(max_length=300)
    family = forms.CharField(max_length=40, help_text="A new code makes the family")
    lifecycle = forms.ChoiceField(choices=Lifecycle.choices, initial=Lifecycle.ACTIVE)
    unit = forms.CharField(max_length=10, initial="EA", help_text="What one of it is: EA, M, KG")
    minimum_qty = forms.IntegerField(min_value=1, max_value=10**12, initial=1)
    multiple_qty = forms.IntegerField(min_value=1, max_value=10**12, initial=1, label="Package quantity")
    unit_weight_g = forms.DecimalField(
        min_value=0, max_digits=14, decimal_places=4, required=False, label="Weight of one, g"
    )
    lead_time_days = forms.IntegerField(min_value=0, max_value=DAYS, required=False)
    country_of_origin = CountryField(required=False)
    hts = forms.CharField(max_length=16, required=False, label="HTS", help_text="Harmonised tariff number")
    eccn = forms.CharField(max_length=16, required=False, label="ECCN", help_text="Export control classification")
    floor_price = forms.DecimalField(
        min_value=0, max_digits=18, decimal_places=6, required=False, help_text="A manual price below needs an approval"
    )
    floor_currency = CurrencyField(required=False)

    def clean_unit(self) -> str:
        return self.cleaned_data["unit"].upper()


class PartNumberForm(forms.Form):
    party = PartyField(help_text="Code or name of whose number it is")
    number = forms.CharField(max_length=80)
    is_moved = forms.BooleanField(
        required=False,
        label="Move it here",
        help_text="Needed when the party calls another part by this number",
    )


class NewPartNumberForm(PartNumberForm):
    product = ProductField()
    field_order = ("party", "number", "product", "is_moved")


class FamilyForm(forms.Form):
    code = forms.CharField(max_length=40)
    name = forms.CharField(max_length=120, required=False)


class UnitForm(forms.Form):
    unit = forms.CharField(max_length=10, label="One", help_text="As files say it: BX, RL")
    factor = forms.IntegerField(min_value=1, max_value=10**12, label="holds")
    base_unit = forms.CharField(max_length=10, label="of", initial="EA", help_text="The unit parts are counted in")
    product = ProductField(required=False, help_text="Only for this part; empty: for all")

    def clean_unit(self) -> str:
        return self.cleaned_data["unit"].upper()

    def clean_base_unit(self) -> str:
        return self.cleaned_data["base_unit"].upper()
