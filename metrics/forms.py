import datetime as dt
from typing import Any

from django import forms

from catalog.models import Product
from metrics.catalogue import Asked
from parties.models import Party
from tenancy.models import Tenant

DATE = forms.DateInput(attrs={"type": "date"})


class FiguresForm(forms.Form):
    """What a figures page, or a report made from it, is about. Parties and products are named by their codes."""

    first = forms.DateField(label="From", required=False, widget=DATE, help_text="Empty: this fiscal period")
    as_of = forms.DateField(label="As of", required=False, widget=DATE, help_text="Empty: today")
    sell_to = forms.CharField(label="Sell-to", required=False, help_text="Code; its branches are in")
    end_buyer = forms.CharField(label="End buyer", required=False, help_text="Code; its branches are in")
    product = forms.CharField(label="Product", required=False, help_text="SKU")
    currency = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tenant: Tenant, today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.tenant, self.today = tenant, today

    def clean_sell_to(self) -> Party | None:
        return self._party("sell_to")

    def clean_end_buyer(self) -> Party | None:
        return self._party("end_buyer")

    def clean_product(self) -> Product | None:
        sku = self.cleaned_data["product"].strip()
        found = Product.objects.filter(sku__iexact=sku).first() if sku else None
        if sku and found is None:
            raise forms.ValidationError(f"There is no product “{sku}”.")
        return found

    def clean_as_of(self) -> dt.date:
        return self.cleaned_data["as_of"] or self.today

    def clean(self) -> dict[str, Any]:
        first, as_of = self.cleaned_data.get("first"), self.cleaned_data.get("as_of")
        if first and as_of and first > as_of:
            self.add_error("first", "The first day is after the as-of date.")
        return self.cleaned_data

    def asked(self) -> Asked:
        """Of a valid form."""
        sell_to, end_buyer, product = (self.cleaned_data[name] for name in ("sell_to", "end_buyer", "product"))
        return Asked(
            as_of=self.cleaned_data["as_of"],
            first=self.cleaned_data["first"],
            sell_to_id=sell_to and sell_to.pk,
            end_buyer_id=end_buyer and end_buyer.pk,
            product_id=product and product.pk,
        )

    def _party(self, name: str) -> Party | None:
        code = self.cleaned_data[name].strip()
        found = Party.objects.filter(code__iexact=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(f"There is no party “{code}”.")
        return found


class ReportForm(FiguresForm):
    """The same, to be made as a file."""

    ending = forms.ChoiceField(choices=[("pdf", "PDF"), ("xlsx", "XLSX"), ("json", "JSON")])
