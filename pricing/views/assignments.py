from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList
from pricing.actions.assign_price_list import assign_price_list
from pricing.errors import PricingRefusal
from pricing.filters import AssignmentFilter
from pricing.forms.price_lists import AssignmentForm
from pricing.models import PriceListAssignment
from pricing.rows import AssignmentRow
from pricing.tables import AssignmentTable
from ui.views import FormPage


class AssignmentList(MasterList):
    model = PriceListAssignment
    heading = "Who buys from which list"
    within = ("Price lists", "pricing:price_list_list")
    table_class = AssignmentTable
    filterset_class = AssignmentFilter
    file_kind = "price_list_assignments"
    edit_right = "prices.edit"
    empty_title = "Nobody buys from a list of their own"
    empty_text = "Assign a price list on its page, or upload a file."

    def get_queryset(self) -> QuerySet[Any]:
        return PriceListAssignment.objects.select_related("price_list", "party")


class EditAssignment(FormPage):
    """The last day of an assignment. Another start is another assignment."""

    permission = "prices.edit"
    form_class = AssignmentForm
    refusals = (PricingRefusal,)
    asks_reason = True

    @cached_property
    def found(self) -> PriceListAssignment:
        return get_object_or_404(
            PriceListAssignment.objects.select_related("price_list", "party"), pk=self.kwargs["pk"]
        )

    def get_heading(self) -> str:
        return f"{self.found.party.name} buys from {self.found.price_list.code}"

    def get_form(self, **kwargs: Any) -> Any:
        form = super().get_form(**kwargs)
        for name in ("party", "valid_from"):
            form.fields[name].disabled = True
        return form

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.found, name) for name in AssignmentForm.base_fields}

    def get_cancel_url(self) -> str:
        return self.url("pricing:assignment_list")

    def get_history_url(self) -> str:
        return self.url("people:history", "assignment", self.found.pk)

    def execute(self, form: Any) -> str:
        found, last = self.found, form.cleaned_data["valid_to"]
        assignment = AssignmentRow(found.price_list_id, found.party_id, found.valid_from, last)
        assign_price_list(assignment=assignment, by=self.member, at=self.now())
        return self.get_cancel_url()
