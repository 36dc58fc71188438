import datetime as dt
from dataclasses import replace
from typing import Any

from django import forms

from metrics.asked import Asked
from metrics.forms import FiguresForm, ReportForm, RowsForm, day_field
from metrics.narrowing import NOBODY
from metrics.reports.delivery_performance import BASIS_NAMES
from metrics.reports.delivery_performance.figures import CURRENT
from metrics.reports.delivery_performance.misses import OUTCOMES
from metrics.reports.delivery_performance.suppliers import EVERY_SUPPLIER, sites_of
from parties.models import Location, Party
from values.dates import EARLIEST

NO_SITE = 0
EVERYBODY = "*"
LONGEST = dt.timedelta(days=5 * 366)
TOO_LONG = "At most five years at a time."


def site_called(text: str) -> int | None:
    """`PARTY/CODE` as an id, 0 for `-` (no site is named), None for nobody's place."""
    words = text.strip()
    if words == NOBODY:
        return NO_SITE
    party, _, code = words.partition("/")
    found = Location.objects.filter(party__code__iexact=party.strip(), code__iexact=code.strip())
    return found.values_list("pk", flat=True).first()


def supplier_called(text: str) -> int | None:
    """A code as an id, 0 for `*` (whoever commits dates to us), None for nobody."""
    words = text.strip()
    if words == EVERYBODY:
        return EVERY_SUPPLIER
    return Party.objects.filter(code__iexact=words).values_list("pk", flat=True).first()


class SiteMixin(forms.Form):
    site = forms.CharField(label="Site", required=False, help_text="Party and place it ships from, as HQ/MAIN")
    supplier = forms.CharField(
        label="Site or supplier",
        required=False,
        help_text="Code of a party, for all its places; * for whoever ships for us",
    )

    def clean_site(self) -> str:
        words = self.cleaned_data["site"].strip()
        if words and site_called(words) is None:
            raise forms.ValidationError(f"There is no site “{words}”.")
        return words

    def clean_supplier(self) -> str:
        words = self.cleaned_data["supplier"].strip()
        if words and supplier_called(words) is None:
            raise forms.ValidationError(f"There is no party “{words}”.")
        return words


class DeliveryForm(SiteMixin, FiguresForm):
    """What the page of delivery performance is about."""

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        first, as_of = typed.get("first"), typed.get("as_of")
        if first and as_of and as_of - first > LONGEST:
            self.add_error("first", TOO_LONG)
        return typed

    def asked(self) -> Asked:
        site, supplier = self.cleaned_data["site"], self.cleaned_data["supplier"]
        return replace(
            super().asked(),
            site_id=site_called(site) if site else None,
            supplier_id=supplier_called(supplier) if supplier else None,
        )


class DeliveryReportForm(DeliveryForm, ReportForm):
    """The same, to be made as a file."""


class DeliveryRowsForm(RowsForm):
    """Which schedules of which basis and class. Nothing chosen: every class but what is left out."""

    # quantities, not amounts
    currency: Any = None
    first = day_field(label="Due from", help_text="Empty: five years back")
    last = day_field(label="Due to", help_text="Empty: up to the as-of day")
    basis = forms.ChoiceField(label="Against", required=False, choices=[("", "Current commit"), *BASIS_NAMES.items()])
    outcome = forms.MultipleChoiceField(
        label="Class", required=False, choices=list(OUTCOMES.items()), widget=forms.CheckboxSelectMultiple
    )
    shipped = forms.ChoiceField(label="Shipped", required=False, choices=[("", "Or not"), ("no", "Not yet")])
    moved = forms.ChoiceField(
        label="Commit moved",
        required=False,
        choices=[
            ("", "Or not"),
            ("0", "Never"),
            ("1", "Once"),
            ("2", "Twice"),
            ("3", "3 times or more"),
            ("any", "At all"),
        ],
    )
    site = forms.CharField(label="Site", required=False, help_text="As HQ/MAIN, or - for none named")
    supplier = forms.CharField(
        label="Site or supplier", required=False, help_text="Code, or * for whoever ships for us"
    )

    MOVES = {"": (None, None), "0": (0, 0), "1": (1, 1), "2": (2, 2), "3": (3, None), "any": (1, None)}

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and first > last:
            self.add_error("first", "The first day is after the last.")
        if first and last and last - first > LONGEST:
            self.add_error("first", TOO_LONG)
        return self.cleaned_data

    def span(self) -> tuple[dt.date, dt.date]:
        """First and last day due; of a valid form."""
        last = self.cleaned_data["last"] or self.cleaned_data["as_of"]
        return max(self.cleaned_data["first"] or last - LONGEST, last - LONGEST, EARLIEST), last

    def filters(self) -> dict[str, Any]:
        site, supplier = self.cleaned_data["site"].strip(), self.cleaned_data["supplier"].strip()
        asked = [(site_called(site) if site else None), (supplier_called(supplier) if supplier else None)]
        # what nobody is called finds nothing, as in every list
        is_nobody = any(word and found is None for word, found in zip((site, supplier), asked, strict=True))
        return {**super().filters(), "sites": [] if is_nobody else sites_of(*asked)}

    def wanted(self) -> dict[str, Any]:
        """The values of the statement that choose rows."""
        typed = self.cleaned_data
        least, most = self.MOVES[typed["moved"]]
        return {
            "basis": typed["basis"] or CURRENT,
            "outcomes": typed["outcome"] or [name for name in OUTCOMES if name != "excluded"],
            "is_unshipped": typed["shipped"] == "no",
            "moves_from": least,
            "moves_to": most,
        }
