from collections import defaultdict
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

from tenancy.choices import FiscalPattern, FiscalYearEnd, Month, PriceDatePolicy, Weekday
from ui.fields import CountryField, CurrencyField, DayField

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
YEAR = 366
FIXED = (
    "Fixed since there are parties, shipping rules or orders: credit limits, bands of value and the ledger hold "
    "amounts in it, and none of them would be converted"
)
NOT_YET = "Three letters. All totals are in it. It is fixed with the first party, shipping rule or order"
WEEKS_ONLY = "Only for patterns of weeks"


@cache
def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """All time zones, under the first part of their names."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for zone in sorted(available_timezones()):
        region, _, place = zone.partition("/")
        found[region if place else "Others"].append((zone, (place or zone).replace("_", " ")))
    return sorted(found.items(), key=lambda group: (group[0] == "Others", group[0]))


class TenantForm(forms.Form):
    """The settings of a tenant, by the names of its fields. The currency is shown only once it `is_fixed`."""

    layout = (
        ("Company", ("name", "legal_name", "address", "country", "tax_number")),
        ("Money and days", ("currency", "timezone", "closed_through")),
        ("Fiscal calendar", ("fiscal_pattern", "fiscal_start_month", "fiscal_end_weekday", "fiscal_year_end")),
        ("Orders", ("price_date_policy", "back_date_days", "credit_horizon_days")),
        ("Night", ("nightly_hour",)),
    )

    name = forms.CharField(max_length=120, help_text="As colleagues see it")
    legal_name = forms.CharField(
        max_length=200,
        required=False,
        help_text="At the head of documents; empty: the name. Documents made keep theirs",
    )
    address = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Below the name on documents, line by line",
    )
    country = CountryField(
        required=False,
        help_text="Two letters. Orders to another country are exports; freight that we pay is paid from here",
    )
    tax_number = forms.CharField(max_length=40, required=False, help_text="Printed on invoices")
    currency = CurrencyField(help_text=NOT_YET)
    timezone = forms.ChoiceField(
        choices=zones,
        label="Time zone",
        help_text="Says which day it is for orders, shipments and reports. Days that were recorded stay as they are",
    )
    closed_through = DayField(
        required=False,
        label="Closed through",
        help_text="Last day of the newest closed period. What is dated on or before it counts on the day after. "
        "Empty: nothing is closed",
    )
    fiscal_pattern = forms.ChoiceField(
        choices=FiscalPattern,
        label="Periods",
        help_text="Reports group their days anew, those of past years too; the figures of each day stay",
    )
    fiscal_start_month = forms.TypedChoiceField(
        choices=Month, coerce=int, label="The year begins in", help_text="A year is called after that of its last month"
    )
    fiscal_end_weekday = forms.TypedChoiceField(
        choices=Weekday, coerce=int, label="A week ends on", help_text=WEEKS_ONLY
    )
    fiscal_year_end = forms.ChoiceField(choices=FiscalYearEnd, label="The year ends on", help_text=WEEKS_ONLY)
    price_date_policy = forms.ChoiceField(
        choices=PriceDatePolicy, label="Price date", help_text="For lines priced from now on; booked lines keep theirs"
    )
    back_date_days = forms.IntegerField(
        min_value=0,
        max_value=YEAR,
        label="Old dates, days",
        help_text="A date older than this is refused when typed, and waits for an accept when it comes in a file",
    )
    credit_horizon_days = forms.IntegerField(
        min_value=0,
        max_value=YEAR,
        label="Credit horizon, days",
        help_text="Open backlog due within so many days counts against a credit limit, beside unpaid invoices",
    )
    nightly_hour = forms.TypedChoiceField(
        choices=HOURS,
        coerce=int,
        label="Nightly run from",
        help_text="On the clock of the time zone. Then the day before goes into the figures",
    )

    def __init__(self, *args: Any, is_fixed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_fixed:
            self.fields["currency"].disabled = True
            self.fields["currency"].help_text = FIXED

    def clean_name(self) -> str:
        """On one line: it stands in the subjects of mails, and one with more of them is never sent."""
        return " ".join(self.cleaned_data["name"].split())
