"""Forms of the verbs: what changes, at whose wish and why, and the version that was on the screen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from orders.actions.context import Because
from orders.choices import CreditKind, Initiator
from orders.fields import DayField, DayPicker, PartyField, PriceField, QuantityField
from orders.forms.reasons import REASONS
from orders.lookup import Unknown, find_places
from parties.models import Location

WHY = ("initiator", "reason_code", "reason")
# headings, and the names of the fields under each
Layout = tuple[tuple[str, tuple[str, ...]], ...]
LARGEST_CREDIT = 10**15
OPENED_LONG_AGO = "This page is incomplete: open it anew."


class VersionForm(forms.Form):
    """Carries the version of the row that was read; an edit of another one is a conflict."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    # fields that belong to the change itself: shown side by side in a conflict
    changes: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        if "version" in self.errors:
            self.add_error(None, OPENED_LONG_AGO)
        return self.cleaned_data


class WhyForm(VersionForm):
    initiator = forms.ChoiceField(label="At the wish of", choices=Initiator.choices, initial=Initiator.CUSTOMER)
    reason_code = forms.ChoiceField(label="Reason code", choices=[("", "–"), *REASONS], required=False)
    reason = forms.CharField(label="Note", max_length=300, required=False)

    def because(self) -> Because:
        return Because(
            initiator=self.cleaned_data["initiator"],
            reason_code=self.cleaned_data["reason_code"],
            note=self.cleaned_data["reason"],
        )


class CommitForm(WhyForm):
    layout: Layout = (("Commit", ("commit_date",)), ("Why", WHY))
    changes = ("commit_date",)
    commit_date = DayField(label="Commit date", widget=DayPicker)
    initiator = forms.ChoiceField(label="At the wish of", choices=Initiator.choices, initial=Initiator.US)


class RequestForm(WhyForm):
    layout: Layout = (("Request", ("request_date",)), ("Why", WHY))
    changes = ("request_date",)
    request_date = DayField(label="Request date", widget=DayPicker)


class QuantityForm(WhyForm):
    layout: Layout = (("Quantity", ("quantity",)), ("Why", WHY))
    changes = ("quantity",)
    quantity = QuantityField(label="Quantity of this schedule", help_text="What has shipped included.")


class SplitForm(WhyForm):
    layout: Layout = (("Split", ("quantity", "request_date")), ("Why", WHY))
    changes = ("quantity", "request_date")
    quantity = QuantityField(label="Quantity to split off")
    request_date = DayField(
        label="Request date of the new schedule", widget=DayPicker, required=False, help_text="Empty: the same."
    )


class PriceForm(WhyForm):
    layout: Layout = (("Price", ("price",)), ("Why", WHY))
    changes = ("price",)
    price = PriceField(label="Unit price")
    reason = forms.CharField(label="Reason", max_length=300, help_text="Stands in the price trail.")


class CancelForm(WhyForm):
    layout: Layout = (("Why", WHY),)
    reason_code = forms.ChoiceField(label="Reason code", choices=[("", "–"), *REASONS])


class CancelPartForm(CancelForm):
    layout: Layout = (("Cancel", ("quantity",)), ("Why", WHY))
    changes = ("quantity",)
    quantity = QuantityField(label="Quantity to cancel")


class EndBuyerForm(WhyForm):
    layout: Layout = (("End buyer", ("end_buyer",)), ("Why", WHY))
    changes = ("end_buyer",)
    end_buyer = PartyField(label="New end buyer", required=False, help_text="Code, alias or name. Empty: none.")


class SellToForm(WhyForm):
    layout: Layout = (("Sell-to", ("sell_to",)), ("Why", WHY))
    changes = ("sell_to",)
    sell_to = PartyField(label="New sell-to", help_text="Code, alias or name.")


class EnteredLineForm(WhyForm):
    """Of a line that is not booked yet. Only what differs from the page as it was opened is changed."""

    layout: Layout = (
        ("Line", ("quantity", "request_date", "end_buyer", "ship_to")),
        ("Manual price", ("override_price",)),
        ("Why", WHY),
    )
    changes = ("quantity", "request_date", "end_buyer", "ship_to", "override_price")
    quantity = QuantityField(label="Quantity")
    request_date = DayField(label="Request date", widget=DayPicker)
    end_buyer = PartyField(label="End buyer", required=False, help_text="Code, alias or name.")
    ship_to = forms.CharField(label="Ship-to", required=False, help_text="Name, or PARTY/PLACE.")
    override_price = PriceField(label="Unit price", required=False, help_text="Needs a note that says why.")

    def __init__(self, *args: Any, near: tuple[int, ...] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.near = near

    def clean_ship_to(self) -> Location | None:
        text = self.cleaned_data["ship_to"]
        if not text:
            return None
        found = find_places([text], near=self.near)[text]
        if isinstance(found, Unknown):
            raise ValidationError(found.message, code="unknown")
        return found


class ReleaseForm(forms.Form):
    reason = forms.CharField(label="Why may it go on?", max_length=300)
    # the list of holds that led here
    at = forms.CharField(required=False, widget=forms.HiddenInput)


class OrderVersionForm(VersionForm):
    """For verbs of the whole order that ask nothing else."""


class CreditForm(forms.Form):
    """One pair of fields for each invoiced schedule that has something left to credit."""

    credit_kind = forms.ChoiceField(label="Kind", choices=CreditKind.choices)
    reason = forms.CharField(label="Reason", max_length=300)

    def __init__(self, *args: Any, rows: list[Any], digits: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[row.quantity_field] = QuantityField(
                label=f"{row.label}: quantity", min_value=0, required=False, help_text=f"{row.quantity:,} left"
            )
            self.fields[row.value_field] = forms.DecimalField(
                label=f"{row.label}: value",
                min_value=0,
                max_value=LARGEST_CREDIT,
                decimal_places=digits,
                required=False,
                help_text=row.left,
            )
        names = tuple(name for row in rows for name in (row.quantity_field, row.value_field))
        self.layout = (("Credit", ("credit_kind", "reason")), ("Lines", names))

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.get(row.value_field) for row in self.rows):
            self.add_error(None, "Say what is credited: at least one value.")
        for row in self.rows:
            quantity, value = self.cleaned_data.get(row.quantity_field), self.cleaned_data.get(row.value_field)
            if quantity and not value:
                self.add_error(row.value_field, "A quantity is credited with its value.")
        return self.cleaned_data
