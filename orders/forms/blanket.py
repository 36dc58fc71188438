"""Forms of a blanket order: what is released from it, and until when."""

from typing import Any

from django import forms

from orders.fields import DayField, DayPicker, QuantityField
from orders.forms.verbs import Layout, VersionForm


class ValidityForm(VersionForm):
    layout: Layout = (("Validity", ("valid_to",)),)
    changes = ("valid_to",)
    valid_to = DayField(label="Last day of releases", widget=DayPicker, required=False, help_text="Empty: no last day.")


class ReleaseFromBlanketForm(VersionForm):
    """A quantity for each line that has something left; its own date where it differs from the common one."""

    customer_po = forms.CharField(label="Customer PO of the release", max_length=60)
    request_date = DayField(label="Request date", widget=DayPicker)

    def __init__(self, *args: Any, rows: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[row.quantity_field] = QuantityField(label=f"{row.label}: quantity", required=False)
            self.fields[row.date_field] = DayField(label=f"{row.label}: request date", widget=DayPicker, required=False)
        self.changes = tuple(row.quantity_field for row in rows)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and not any(self.cleaned_data.get(row.quantity_field) for row in self.rows):
            self.add_error(None, "Say how many of which line are released.")
        return self.cleaned_data
