"""One date for many schedules: the same for all, or moved by days from what each has."""

from typing import Any

from django import forms

from orders.actions.context import Because
from orders.choices import Initiator
from orders.date_rule import DateRule
from orders.fields import DayField, DayPicker
from orders.forms.reasons import REASONS

MOST_DAYS = 730
SAY_ONE = "Say one: a date, or a number of days."


class DatesForm(forms.Form):
    layout: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("New date", ("to", "days")),
        ("Why", ("initiator", "reason_code", "reason")),
    )
    to = DayField(label="Date for all", widget=DayPicker, required=False)
    days = forms.IntegerField(
        label="Or days from each one's own",
        required=False,
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text="Calendar days, later is positive.",
    )
    initiator = forms.ChoiceField(label="At the wish of", choices=Initiator.choices, initial=Initiator.US)
    reason_code = forms.ChoiceField(label="Reason code", choices=[("", "–"), *REASONS], required=False)
    reason = forms.CharField(label="Note", max_length=300, required=False)

    def ways(self) -> list[bool]:
        given = self.cleaned_data
        return [given.get("to") is not None, given.get("days") is not None]

    def clean(self) -> dict[str, Any]:
        if not self.errors and sum(self.ways()) != 1:
            self.add_error(None, SAY_ONE)
        return self.cleaned_data

    def because(self) -> Because:
        given = self.cleaned_data
        return Because(initiator=given["initiator"], reason_code=given["reason_code"], note=given["reason"])

    def rule(self) -> DateRule:
        return DateRule(to=self.cleaned_data["to"], days=self.cleaned_data["days"])


class CommitsForm(DatesForm):
    layout = (("New commit", ("to", "as_requested", "days")), ("Why", ("initiator", "reason_code", "reason")))
    as_requested = forms.BooleanField(label="As each one was requested", required=False)

    def ways(self) -> list[bool]:
        return [*super().ways(), bool(self.cleaned_data.get("as_requested"))]

    def rule(self) -> DateRule:
        if self.cleaned_data["as_requested"]:
            return DateRule(is_as_requested=True)
        return super().rule()


class RequestsForm(DatesForm):
    initiator = forms.ChoiceField(label="At the wish of", choices=Initiator.choices, initial=Initiator.CUSTOMER)
