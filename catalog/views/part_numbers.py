from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from catalog.actions.add_part_number import NumberTaken, add_part_number
from catalog.actions.remove_part_number import remove_part_number
from catalog.filters import PartNumberFilter
from catalog.forms import NewPartNumberForm
from catalog.models import PartNumber
from catalog.tables import PartNumberTable
from exchange.views.masters import MasterList
from ui.views import ConfirmPost, FormPage


class PartNumberList(MasterList):
    model = PartNumber
    heading = "Customers' part numbers"
    within = ("Parts", "catalog:product_list")
    table_class = PartNumberTable
    filterset_class = PartNumberFilter
    create_name = "catalog:part_number_create"
    create_label = "New number"
    file_kind = "part_numbers"
    empty_title = "No numbers yet"
    empty_text = "What customers call our parts; orders that use these numbers find the part."

    def get_queryset(self) -> QuerySet[Any]:
        return PartNumber.objects.select_related("party", "product")


class CreatePartNumber(FormPage):
    permission = "master.edit"
    heading = "A customer's number for a part"
    form_class = NewPartNumberForm
    refusals = (NumberTaken,)
    asks_reason = True

    def get_cancel_url(self) -> str:
        return self.url("catalog:part_number_list")

    def execute(self, form: Any) -> str:
        add_part_number(by=self.member, at=self.now(), **form.cleaned_data)
        return self.get_cancel_url()


class RemovePartNumber(ConfirmPost):
    permission = "master.edit"
    submit_label = "Remove"
    is_destructive = True
    asks_reason = True

    @cached_property
    def found(self) -> PartNumber:
        return get_object_or_404(PartNumber.objects.select_related("party", "product"), pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"Remove the number {self.found.number}"

    def get_question(self) -> str:
        return f"{self.found.party.name} calls {self.found.product.sku} so. What was ordered by it stays."

    def get_cancel_url(self) -> str:
        return self.url("catalog:part_number_list")

    def execute(self, form: Any) -> str:
        remove_part_number(number_id=self.found.pk, by=self.member, at=self.now())
        return self.get_cancel_url()
