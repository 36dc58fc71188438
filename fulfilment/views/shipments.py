from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from fulfilment.actions.bill_shipment import bill_shipment
from fulfilment.actions.confirm_shipment import confirm_shipment
from fulfilment.actions.record_delivery import record_delivery
from fulfilment.actions.undo_shipment import undo_shipment
from fulfilment.filters import ShipmentFilter
from fulfilment.forms import BillForm, DeliveryForm, UndoForm
from fulfilment.models import Shipment, ShipmentException, ShipmentLine
from fulfilment.tables import ShipmentTable
from fulfilment.views.answering import REFUSALS, AnswerPage
from fulfilment.views.occasion import occasion_of
from orders.actions.request_documents import request_invoice_document
from ui.views import ConfirmPost, DetailPage, FormPage, ListPage, PermittedView
from values.money import format_minor


class ShipmentList(ListPage):
    permission = "shipping.view"
    model = Shipment
    heading = "Shipments"
    table_class = ShipmentTable
    filterset_class = ShipmentFilter
    empty_title = "Nothing has shipped yet"
    empty_text = "A site confirms what it ships on its dock page, or you confirm for it on the ship request."

    def get_queryset(self) -> QuerySet[Any]:
        return Shipment.objects.select_related("order", "ship_request", "invoice")


class ShipmentDetail(DetailPage):
    permission = "shipping.view"
    model = Shipment
    template_name = "fulfilment/shipment.html"

    def get_queryset(self) -> QuerySet[Any]:
        return Shipment.objects.select_related("order", "ship_request", "invoice", "confirmed_by__user")

    def get_context(self, found: Shipment) -> dict[str, Any]:
        lines = ShipmentLine.objects.filter(shipment=found).select_related("order_line__product").order_by("pk")
        currency = found.order.currency
        rows = [(line, format_minor(line.value, currency)) for line in lines]
        return {
            "rows": rows,
            "total": format_minor(sum(line.value for line, _text in rows), currency),
            "exceptions": ShipmentException.objects.filter(shipment=found).order_by("pk"),
            "is_open": found.invoice_id is None and found.status == "confirmed",
        }


class ConfirmShipment(AnswerPage):
    """The site told us by another way: its answer is entered here."""

    permission = "orders.release"
    template_name = "fulfilment/confirm.html"
    submit_label = "Confirm the shipment"

    def get_heading(self) -> str:
        return f"Confirm {self.ship_request()}"

    def get_cancel_url(self) -> str:
        return self.detail_url(self.kwargs["pk"])

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"rows": form.rows()}

    def execute(self, form: Any) -> str:
        shipment = confirm_shipment(
            answer=form.answer(self.click), occasion=occasion_of(self, form.cleaned_data["reason"])
        )
        return self.url("fulfilment:shipment_detail", shipment.pk)


class OneShipment(PermittedView):
    def shipment(self) -> Shipment:
        return get_object_or_404(Shipment, pk=self.kwargs["pk"])

    def get_cancel_url(self) -> str:
        return self.url("fulfilment:shipment_detail", self.kwargs["pk"])


class RecordDelivery(OneShipment, FormPage):
    permission = "orders.release"
    form_class = DeliveryForm
    submit_label = "Record the delivery"
    refusals = REFUSALS

    def get_heading(self) -> str:
        return f"Delivery of {self.shipment().number}"

    def execute(self, form: Any) -> str:
        record_delivery(
            shipment_id=self.shipment().pk, delivered=form.cleaned_data["delivered"], occasion=occasion_of(self)
        )
        return self.get_cancel_url()


class BillShipment(OneShipment, ConfirmPost):
    told: str = ""
    permission = "invoices.issue"
    form_class = BillForm
    submit_label = "Issue the invoice"
    refusals = REFUSALS

    def get_heading(self) -> str:
        return f"Bill {self.shipment().number}"

    def get_question(self) -> str:
        return "The invoice bills what left the backlog, dated the day on which title passed."

    def get_success_message(self) -> str:
        return self.told

    def execute(self, form: Any) -> str:
        occasion = occasion_of(self, form.cleaned_data["reason"])
        invoice = bill_shipment(shipment_id=self.shipment().pk, occasion=occasion)
        request_invoice_document(invoice, occasion)
        self.told = f"Invoice {invoice.number}"
        return self.get_cancel_url()


class UndoShipment(OneShipment, ConfirmPost):
    permission = "orders.release"
    form_class = UndoForm
    submit_label = "Undo the shipment"
    is_destructive = True
    refusals = REFUSALS

    def get_heading(self) -> str:
        return f"Undo {self.shipment().number}"

    def get_question(self) -> str:
        return "Exactly what it took returns to the backlog. A billed shipment cannot be undone: credit its invoice."

    def execute(self, form: Any) -> str:
        undo_shipment(shipment_id=self.shipment().pk, occasion=occasion_of(self, form.cleaned_data["reason"]))
        return self.get_cancel_url()
