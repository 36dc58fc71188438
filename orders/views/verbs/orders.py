"""Verbs of a whole order."""

from typing import Any

from orders.actions.book_order import book_order
from orders.actions.context import Occasion
from orders.actions.recheck_order import recheck_order
from orders.actions.request_documents import request_acknowledgement
from orders.actions.transfer_order import transfer_order
from orders.forms.verbs import OrderVersionForm, SellToForm
from orders.views.verbs.base import OrderVerb


class BookOrder(OrderVerb):
    permission = "orders.enter"
    heading = "Book the order"
    form_class = OrderVersionForm
    submit_label = "Book"
    message = ""

    def facts(self) -> list[tuple[str, str]]:
        return [*super().facts(), ("Lines", str(self.order.line_count)), ("Open holds", str(self.order.hold_count))]

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        result = book_order(order_id=self.order.pk, occasion=occasion, version=typed["version"])
        self.message = booked_message(self.order.number, result.booked, result.held)
        if result.booked:
            request_acknowledgement(result.order, occasion)

    def get_success_message(self) -> str:
        return self.message


class RecheckOrder(OrderVerb):
    heading = "Check the order again"
    form_class = OrderVersionForm
    submit_label = "Check again"
    success_message = "Checked again: prices, terms and holds of unbooked lines are as of now."

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        recheck_order(order_id=self.order.pk, occasion=occasion, version=typed["version"])


class TransferOrder(OrderVerb):
    heading = "Transfer to another sell-to"
    form_class = SellToForm
    submit_label = "Transfer the open backlog"
    success_message = "Order transferred. What has shipped stays with the old sell-to."

    def current(self) -> dict[str, Any]:
        return {"sell_to": self.order.sell_to.code}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        transfer_order(
            order_id=self.order.pk, sell_to_id=typed["sell_to"].pk, occasion=occasion, version=typed["version"]
        )


def booked_message(number: str, booked: int, held: int) -> str:
    lines = f"{booked} line{'' if booked == 1 else 's'} booked"
    return f"{number}: {lines}, {held} on hold." if held else f"{number}: {lines}."
