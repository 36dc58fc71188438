from typing import Any

from django import forms
from stdnum import ean

from parties.choices import LocationPurpose, PartyRole, PartyStatus
from parties.fields import PartyField
from parties.imports.locations import GLN_DIGITS
from ui.fields import CountryField, CurrencyField

DAYS = 32_767


class PartyForm(forms.Form):
    layout = (
        ("Company", ("code", "name", "short_name", "parent", "country", "status")),
        ("Roles", ("roles",)),
        ("Trade", ("currency", "payment_terms_days", "credit_limit", "early_days", "late_days")),
    )

    code = forms.CharField(max_length=40)
    name = forms.CharField(max_length=200)
    short_name = forms.CharField(
        max_length=16, required=False, help_text="For dense tables; derived from the name when empty"
    )
    parent = PartyField(required=False, help_text="Code or name of the party above it")
    country = CountryField()
    status = forms.ChoiceField(choices=PartyStatus.choices, initial=PartyStatus.ACTIVE)
    roles = forms.MultipleChoiceField(
        choices=PartyRole.choices, required=False, widget=forms.CheckboxSelectMultiple, label="What it is to us"
    )
    currency = CurrencyField(required=False, help_text="Of its orders; empty: ours")
    payment_terms_days = forms.IntegerField(min_value=0, max_value=DAYS, initial=30)
    credit_limit = forms.DecimalField(
        min_value=0, max_digits=18, decimal_places=3, required=False, help_text="In its currency; empty: no limit"
    )
    early_days = forms.IntegerField(min_value=0, max_value=366, initial=3, label="Accepts early, business days")
    late_days = forms.IntegerField(min_value=0, max_value=366, initial=0, label="Accepts late, business days")
    is_end_buyer_required = forms.BooleanField(required=False, label="Its orders must name an end buyer on every line")

    def __init__(self, *args: Any, fixed_code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed_code:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = "A code stays; another one can be learnt as an alias"


class LocationForm(forms.Form):
    code = forms.CharField(max_length=40)
    name = forms.CharField(max_length=200)
    purpose = forms.ChoiceField(choices=LocationPurpose.choices)
    address1 = forms.CharField(max_length=200, label="Address")
    address2 = forms.CharField(max_length=200, required=False, label="Address, second line")
    city = forms.CharField(max_length=100)
    region = forms.CharField(max_length=60, required=False)
    postcode = forms.CharField(max_length=20, required=False)
    country = CountryField()
    gln = forms.CharField(
        max_length=GLN_DIGITS, required=False, label="GLN", help_text="GS1 location number, 13 digits"
    )
    is_active = forms.BooleanField(required=False, initial=True, label="In use")

    def clean_gln(self) -> str:
        gln = self.cleaned_data["gln"]
        if gln and not (len(gln) == GLN_DIGITS and ean.is_valid(gln)):
            raise forms.ValidationError("A GLN has 13 digits, the last one a check digit.")
        return gln


class AliasForm(forms.Form):
    alias = forms.CharField(max_length=200, help_text="A name or number under which it is reported")
    reported_by = PartyField(required=False, help_text="Only where this party reports it; empty: always")

    def values(self) -> dict[str, Any]:
        """As `add_alias` takes them, the party apart."""
        reporter = self.cleaned_data["reported_by"]
        return {"alias": self.cleaned_data["alias"], "reported_by_id": reporter.pk if reporter else None}


class NewAliasForm(AliasForm):
    party = PartyField(help_text="Code or name of whom it means")
    field_order = ("alias", "party", "reported_by")


class ContactForm(forms.Form):
    name = forms.CharField(max_length=120)
    purpose = forms.CharField(max_length=60, required=False, help_text="What to ask this person about")
    email = forms.EmailField(required=False, label="E-mail")
    phone = forms.CharField(max_length=40, required=False)


class MergeForm(forms.Form):
    survivor = PartyField(label="Goes on as")
