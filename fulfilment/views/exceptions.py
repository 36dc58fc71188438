from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from fulfilment.actions.clear_exception import clear_exception
from fulfilment.errors import FulfilmentRefused
from fulfilment.filters import ExceptionFilter
from fulfilment.forms import ClearForm
from fulfilment.models import ShipmentException
from fulfilment.tables import ExceptionTable
from fulfilment.views.occasion import occasion_of
from ui.views import ConfirmPost, ListPage


class ExceptionList(ListPage):
    permission = "shipping.view"
    model = ShipmentException
    heading = "Exceptions"
    table_class = ExceptionTable
    filterset_class = ExceptionFilter
    empty_title = "No exceptions"
    empty_text = "Whatever a site answers otherwise than it was asked appears here until somebody clears it."

    def get_queryset(self) -> QuerySet[Any]:
        return ShipmentException.objects.select_related("shipment__order")


class ClearException(ConfirmPost):
    permission = "exceptions.clear"
    form_class = ClearForm
    submit_label = "Clear"
    refusals = (FulfilmentRefused,)

    def found(self) -> ShipmentException:
        return get_object_or_404(ShipmentException.objects.select_related("shipment"), pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"Clear the {self.found().field} of {self.found().shipment.number}"

    def get_question(self) -> str:
        found = self.found()
        return f"Requested {found.requested}, answered {found.answered}."

    def get_cancel_url(self) -> str:
        return self.url("fulfilment:exception_list")

    def execute(self, form: Any) -> str:
        clear_exception(exception_id=self.found().pk, occasion=occasion_of(self, form.cleaned_data["reason"]))
        return self.get_cancel_url()
