"""Verbs of a blanket order: release from it, and say until when."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from orders.actions.context import Occasion
from orders.actions.release_from_blanket import line_from, release_from_blanket
from orders.actions.request_documents import request_acknowledgement
from orders.actions.set_validity import set_validity
from orders.engine.state import VerbRefused
from orders.entry import EntryRefused, LineEntry
from orders.forms.blanket import ReleaseFromBlanketForm, ValidityForm
from orders.models import Order, OrderLine, Schedule
from orders.views.verbs.base import OrderVerb, spelled
from orders.views.verbs.orders import booked_message


@dataclass(frozen=True)
class BlanketRow:
    """A booked line of the blanket with what is left of it."""

    line: OrderLine
    left: int

    @property
    def label(self) -> str:
        buyer = f" for {self.line.end_buyer.short_name}" if self.line.end_buyer else ""
        return f"Line {self.line.line_no}, {self.line.product.sku}{buyer}"

    @property
    def quantity_field(self) -> str:
        return f"quantity_{self.line.pk}"

    @property
    def date_field(self) -> str:
        return f"request_date_{self.line.pk}"


class ReleaseFromBlanket(OrderVerb):
    permission = "orders.enter"
    heading = "Release from the blanket"
    form_class = ReleaseFromBlanketForm
    template_name = "orders/blanket_release.html"
    submit_label = "Enter and book the release"
    made: Order | None = None
    message = ""

    @cached_property
    def rows(self) -> list[BlanketRow]:
        lines = OrderLine.objects.filter(order=self.order, open_qty__gt=0).select_related("product", "end_buyer")
        left: dict[int, int] = {}
        for schedule in Schedule.objects.filter(order=self.order):
            left[schedule.line_id] = left.get(schedule.line_id, 0) + schedule.open_qty - schedule.released_qty
        return [BlanketRow(line, left[line.pk]) for line in lines.order_by("line_no") if left[line.pk]]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"rows": self.rows}

    def get_context(self, form: Any) -> dict[str, Any]:
        rows = [(row, form[row.quantity_field], form[row.date_field]) for row in self.rows]
        in_table = {field.name for _, *fields in rows for field in fields}
        common = [field for field in form.visible_fields() if field.name not in in_table]
        return {**super().get_context(form), "rows": rows, "common": common}

    def current(self) -> dict[str, Any]:
        number = Order.objects.filter(blanket=self.order).count() + 1
        return {"customer_po": f"{self.order.customer_po}/{number}"[:60]}

    def forget(self) -> None:
        super().forget()
        self.__dict__.pop("rows", None)

    def facts(self) -> list[tuple[str, str]]:
        return [*super().facts(), ("Last day", spelled(self.order.valid_to))]

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        asked = {row: line for row in self.rows if (line := asked_for(row, typed))}
        try:
            result = release_from_blanket(
                blanket_id=self.order.pk,
                lines=list(asked.values()),
                customer_po=typed["customer_po"],
                occasion=occasion,
                version=typed["version"],
            )
        except EntryRefused as refused:
            problem = refused.problems[0]
            row = None if problem.line is None else list(asked)[problem.line]
            raise VerbRefused(problem.message, field_of(row, problem.field)) from refused
        self.made = result.order
        if result.booked:
            request_acknowledgement(result.order, occasion)
        self.message = booked_message(result.order.number, result.booked, result.held)

    def execute(self, form: Any) -> str:
        self.act(form.cleaned_data, self.occasion(form))
        return self.url("orders:order_detail", self.made.pk) if self.made else self.get_cancel_url()

    def get_success_message(self) -> str:
        return self.message


def asked_for(row: BlanketRow, typed: dict[str, Any]) -> LineEntry | None:
    quantity = typed[row.quantity_field]
    if not quantity:
        return None
    return line_from(row.line, quantity, typed[row.date_field] or typed["request_date"])


def field_of(row: BlanketRow | None, field: str) -> str:
    """Where on the page a problem of the entry can be mended."""
    if row is None:
        return field
    return row.date_field if field == "request_date" else row.quantity_field


class SetValidity(OrderVerb):
    heading = "Say until when the blanket holds"
    form_class = ValidityForm
    submit_label = "Save"
    success_message = "Last day saved."

    def current(self) -> dict[str, Any]:
        return {"valid_to": self.order.valid_to}

    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        set_validity(order_id=self.order.pk, valid_to=typed["valid_to"], occasion=occasion, version=typed["version"])
