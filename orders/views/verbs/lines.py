"""Verbs of one line."""

from typing import Any

from orders.actions.add_note import add_note
from orders.actions.cancel_line import cancel_line
from orders.actions.change_entered_line import change_entered_line
from orders.actions.change_price import change_price
from orders.actions.context import Occasion
from orders.actions.transfer_line import transfer_line
from orders.choices import UNBOOKED
from orders.engine.state import VerbRefused
from orders.forms.reasons import reason_label
from orders.forms.verbs import CancelForm, EndBuyerForm, EnteredLineForm, PriceForm
from orders.lookup import place_code
from orders.models import Schedule
from orders.views.verbs.base import LineVerb, spelled
from parties.models import Location, Party
from values.money import format_price


class TakenDownVerb(LineVerb):
    """A verb of a line that may not be booked yet: then there is no ledger row to say why."""

    def keep_reason(self, what: str, occasion: Occasion) -> None:
        because = occasion.because
        why = ": ".join(filter(None, [reason_label(because.reason_code), because.note]))
        text = f"Line {self.line.line_no} {what}." + (f" Why: {why}" if why else "")
        add_note(order_id=self.order.pk, text=text, line_no=self.line.line_no, occasion=occasion)


class ChangePrice(LineVerb):
    heading = "Change the price"
    form_class = PriceForm
    submit_label = "Charge this price"
    success_message = "Price changed."

    def current(self) -> dict[str, Any]:
        return {"price": self.price()}

    def price(self) -> str:
        price = self.line.unit_price
        return "" if price is None else format_price(price, self.order.currency, thousands="")

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        change_price(
            order_id=self.order.pk,
            line_id=self.line.pk,
            unit_price=typed["price"],
            occasion=occasion,
            line_version=typed["version"],
        )


class CancelLine(TakenDownVerb):
    heading = "Cancel the line"
    form_class = CancelForm
    submit_label = "Cancel what is open"
    success_message = "Line cancelled."

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        was_unbooked = self.line.status in UNBOOKED
        cancel_line(order_id=self.order.pk, line_id=self.line.pk, occasion=occasion, line_version=typed["version"])
        if was_unbooked:
            self.keep_reason("taken off before it was booked", occasion)


class TransferLine(LineVerb):
    heading = "Transfer to another end buyer"
    form_class = EndBuyerForm
    submit_label = "Transfer what is open"
    success_message = "Line transferred."

    def current(self) -> dict[str, Any]:
        return {"end_buyer": self.line.end_buyer.code if self.line.end_buyer else ""}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        party = typed["end_buyer"]
        transfer_line(
            order_id=self.order.pk,
            line_id=self.line.pk,
            end_buyer_id=party.pk if party else None,
            occasion=occasion,
            line_version=typed["version"],
        )


class ChangeEnteredLine(TakenDownVerb):
    heading = "Change the line"
    form_class = EnteredLineForm
    submit_label = "Save and check again"
    success_message = "Line changed and checked again."

    def current(self) -> dict[str, Any]:
        line = self.line
        first = Schedule.objects.filter(line=line).order_by("request_date").first()
        return {
            "quantity": line.quantity,
            "request_date": first.request_date if first else None,
            "end_buyer": line.end_buyer.code if line.end_buyer else "",
            "ship_to": place_code(line.ship_to) if line.ship_to else "",
            "override_price": line.override_price,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        end_buyer = (self.line.end_buyer_id,) if self.line.end_buyer_id else ()
        return {"near": (self.order.sell_to_id, *end_buyer)}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        changed = [name for name in self.form.changed_data if name in self.form.changes]
        if not changed and typed["version"] == self.version():
            raise VerbRefused("Nothing was changed.")
        emptied = [name for name in changed if typed[name] in (None, "")]
        if emptied:
            raise VerbRefused("A value cannot be taken away here: cancel the line and enter it anew.", emptied[0])
        values = {KEYS.get(name, name): getattr(typed[name], "pk", typed[name]) for name in changed}
        told = [self.told(name, typed[name]) for name in changed]
        change_entered_line(
            order_id=self.order.pk,
            line_id=self.line.pk,
            occasion=occasion,
            line_version=typed["version"],
            **values,
        )
        self.keep_reason(f"changed before it was booked: {', '.join(told)}", occasion)

    def told(self, name: str, value: Any) -> str:
        label = str(self.form.fields[name].label).lower()
        return f"{label} {spelled(self.current()[name])} to {spelled(code_of(value))}"


def code_of(value: Any) -> Any:
    """Parties and places by what one types for them."""
    if isinstance(value, Location):
        return place_code(value)
    return value.code if isinstance(value, Party) else value


KEYS = {"end_buyer": "end_buyer_id", "ship_to": "ship_to_id"}
