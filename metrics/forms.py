import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from metrics.asked import Asked
from metrics.fields import FamilyByCode, PartyByCode, ProductBySku
from metrics.narrowing import party_ids, product_ids
from metrics.reports.bookings_billings_backlog.due import LATE, UNSCHEDULED
from metrics.reports.question import period_start, quarter_start, year_start
from tenancy.models import Tenant
from ui.fields import DayField
from ui.filters import spelled
from values.dates import EARLIEST, LATEST

OUT_OF_TIME = f"Figures are made for days from {EARLIEST.year} to {LATEST.year}."

PERIOD, QUARTER, YEAR, DAYS = "", "quarter", "year", "days"
SPANS = (
    (PERIOD, "Fiscal period to date"),
    (QUARTER, "Fiscal quarter to date"),
    (YEAR, "Fiscal year to date"),
    (DAYS, "From the day given"),
)
STARTS = {PERIOD: period_start, QUARTER: quarter_start, YEAR: year_start}


def day_field(*, label: str, help_text: str = "") -> DayField:
    """A day that fiscal calendars can place."""
    bounds = [MinValueValidator(EARLIEST, OUT_OF_TIME), MaxValueValidator(LATEST, OUT_OF_TIME)]
    return DayField(label=label, required=False, help_text=help_text, validators=bounds)


class FiguresForm(forms.Form):
    """What a figures page, or a report made from it, is about. Parties and products are named by their codes."""

    as_of = day_field(label="As of", help_text="Any day; empty: today")
    span = forms.ChoiceField(label="Period", required=False, choices=SPANS)
    first = day_field(label="From", help_text="Instead of a fiscal period")
    sell_to = PartyByCode(label="Sell-to")
    end_buyer = PartyByCode(label="End buyer")
    family = FamilyByCode()
    product = ProductBySku()
    currency = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    members = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tenant: Tenant, today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.tenant, self.today = tenant, today

    def clean_as_of(self) -> dt.date:
        return self.cleaned_data["as_of"] or self.today

    def clean(self) -> dict[str, Any]:
        first, as_of = self.cleaned_data.get("first"), self.cleaned_data.get("as_of")
        if first and as_of and first > as_of:
            self.add_error("first", "The first day is after the as-of date.")
        if self.cleaned_data.get("span") == DAYS and not first and "first" not in self.errors:
            self.add_error("first", "Say from which day.")
        return self.cleaned_data

    @property
    def shows_all(self) -> bool:
        return bool(self.cleaned_data["members"])

    def asked(self) -> Asked:
        """Of a valid form. A first day counts whatever period is chosen."""
        typed = self.cleaned_data
        names = ("sell_to", "end_buyer", "product", "family")
        sell_to, end_buyer, product, family = (typed[name].pk if typed[name] else None for name in names)
        return Asked(
            as_of=typed["as_of"],
            first=typed["first"] or STARTS[typed["span"]](self.tenant, typed["as_of"]),
            sell_to_id=sell_to,
            end_buyer_id=end_buyer,
            product_id=product,
            family_id=family,
        )


class ReportForm(FiguresForm):
    """The same, to be made as a file."""

    ending = forms.ChoiceField(choices=[("pdf", "PDF"), ("xlsx", "XLSX"), ("json", "JSON")])


class RowsForm(forms.Form):
    """Which schedules stand behind a figure. What nobody is called finds nothing, as in every list."""

    as_of = day_field(label="As of", help_text="Empty: today")
    sell_to = forms.CharField(
        label="Sell-to", required=False, help_text="Code; its branches are in, unless = stands before it"
    )
    end_buyer = forms.CharField(label="End buyer", required=False, help_text="Likewise, or - for none named")
    family = forms.CharField(label="Product family", required=False, help_text="Code")
    product = forms.CharField(label="Product", required=False, help_text="SKU")
    currency = forms.CharField(label="Currency", required=False, max_length=3)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_of(self) -> dt.date:
        return self.cleaned_data["as_of"] or self.today

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].strip().upper()

    def filters(self) -> dict[str, Sequence[int] | None]:
        """Ids as ledger rows carry them; None where nothing is filtered."""
        typed = self.cleaned_data
        return {
            "sell_tos": party_ids(typed["sell_to"]),
            "end_buyers": party_ids(typed["end_buyer"]),
            "products": product_ids(typed["product"], typed["family"]),
        }

    def spelled(self, name: str, value: str) -> str:
        """What was typed, in words."""
        return spelled(self.fields[name], self.cleaned_data.get(name) or value)


class BacklogForm(RowsForm):
    PAST_REQUEST = "past_request"
    DUE = (
        ("", "All"),
        (LATE, "Late: commit before the day"),
        (UNSCHEDULED, "Unscheduled: no commit"),
        (PAST_REQUEST, "Request date before the day"),
    )

    due = forms.ChoiceField(label="Due", required=False, choices=DUE)
    due_from = day_field(label="Commit from")
    due_to = day_field(label="Commit to")
