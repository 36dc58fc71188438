"""Forms with one quantity field a line; their names carry the line's id."""

from collections.abc import Iterable
from typing import Any

from django import forms

from fulfilment.choices import Channel
from fulfilment.forms.fields import Quantity, why
from fulfilment.models import ShipRequest, ShipRequestLine
from orders.models import Schedule
from ui.fields import DayField


class ReleaseForm(forms.Form):
    """How much of each open schedule to release; empty or 0 leaves it."""

    ship_by = DayField(required=False, label="Ship by", help_text="Empty: the earliest commit, else request date.")
    channel = forms.ChoiceField(choices=Channel.choices, label="How the site is told")
    reason = why()

    def __init__(self, *args: Any, schedules: Iterable[Schedule], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.schedules = list(schedules)
        for schedule in self.schedules:
            free = schedule.open_qty - schedule.released_qty
            self.fields[f"schedule_{schedule.pk}"] = Quantity(
                required=False,
                initial=free,
                label=f"Line {schedule.line.line_no}.{schedule.number}, {schedule.line.product.sku}",
                help_text=f"{free:,} open, due {schedule.current_commit or schedule.request_date}",
            )

    def quantities(self) -> dict[int, int]:
        """Schedule → quantity, of those with one."""
        found = {each.pk: self.cleaned_data.get(f"schedule_{each.pk}") for each in self.schedules}
        return {pk: quantity for pk, quantity in found.items() if quantity}


class ReviseForm(forms.Form):
    """What the request asks for from now on; 0 takes a line off."""

    ship_by = DayField(label="Ship by")
    freeze_anew = forms.BooleanField(
        required=False, label="Freeze the terms anew", help_text="As they stand today; otherwise they stay as released."
    )

    def __init__(self, *args: Any, request: ShipRequest, lines: Iterable[ShipRequestLine], **kwargs: Any):
        kwargs["initial"] = {"ship_by": request.ship_by_date}
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = Quantity(
                initial=line.quantity, label=f"Line {line.position}, {line.frozen['sku']}"
            )

    def quantities(self) -> dict[int, int]:
        return {line.pk: self.cleaned_data[f"line_{line.pk}"] for line in self.lines}
