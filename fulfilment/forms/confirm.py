from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from fulfilment.actions.confirm_shipment import AnswerLine, DockAnswer
from fulfilment.forms.fields import Quantity, why
from fulfilment.models import ShipRequest, ShipRequestLine
from shipping.choices import Incoterm
from ui.fields import DayField

TERMS = ("carrier_code", "service", "account_number", "incoterm")


def quantity_input(name: str) -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "num", "inputmode": "numeric", "aria-label": f"{name}, shipped"})


class ConfirmForm(forms.Form):
    """What really left. Filled with what was asked for: only what differs has to be typed."""

    ship_date = DayField(label="Shipped on")
    tracking = forms.CharField(max_length=80, required=False, label="Tracking or airway bill")
    carrier_code = forms.CharField(max_length=20, required=False, label="Carrier")
    service = forms.CharField(max_length=60, required=False)
    account_number = forms.CharField(max_length=40, required=False, label="Account charged")
    incoterm = forms.ChoiceField(choices=[("", "–"), *Incoterm.choices], required=False)
    is_final = forms.BooleanField(required=False, initial=True, label="Nothing more of this request will come")
    reason = why()

    def __init__(self, *args: Any, request: ShipRequest, lines: Iterable[ShipRequestLine], **kwargs: Any):
        terms = {
            name: request.frozen.get(name, "") for name in ("carrier_code", "service", "account_number", "incoterm")
        }
        kwargs["initial"] = {**terms, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.request_id, self.lines = request.pk, list(lines)
        for line in self.lines:
            left = max(0, line.quantity - line.shipped_qty)
            name = f"Line {line.position}, {line.frozen['sku']}"
            self.fields[f"line_{line.pk}"] = Quantity(
                initial=left, label="Shipped", help_text=f"{left:,} asked for", widget=quantity_input(name)
            )
            self.fields[f"lot_{line.pk}"] = forms.CharField(
                max_length=60, required=False, label="Lot", widget=forms.TextInput(attrs={"aria-label": f"{name}, lot"})
            )

    def rows(self) -> list[tuple[ShipRequestLine, forms.BoundField, forms.BoundField]]:
        """Each line with its two fields, for a table."""
        return [(line, self[f"line_{line.pk}"], self[f"lot_{line.pk}"]) for line in self.lines]

    def answer(self, click: UUID) -> DockAnswer:
        data = self.cleaned_data
        return DockAnswer(
            ship_request_id=self.request_id,
            ship_date=data["ship_date"],
            lines=tuple(AnswerLine(each.pk, data[f"line_{each.pk}"], data[f"lot_{each.pk}"]) for each in self.lines),
            carrier_code=data["carrier_code"],
            service=data["service"],
            account_number=data["account_number"],
            incoterm=data["incoterm"],
            tracking=data["tracking"],
            is_final=data["is_final"],
            source_key=f"click:{click}",
        )
