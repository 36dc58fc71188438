from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404

from catalog.actions.remove_unit import remove_unit
from catalog.actions.save_unit import UnitRefused, save_unit
from catalog.filters import UnitFilter
from catalog.forms import UnitForm
from catalog.models import UnitFactor
from catalog.tables import UnitTable
from exchange.views.masters import MasterList
from ui.views import ConfirmPost, FormPage


class UnitList(MasterList):
    model = UnitFactor
    heading = "Units"
    within = ("Parts", "catalog:product_list")
    table_class = UnitTable
    file_kind = "units"
    filterset_class = UnitFilter
    create_name = "catalog:unit_create"
    create_label = "New unit"
    empty_title = "No units yet"
    empty_text = "Say how many a box or a reel holds, and files may order by the box."

    def get_queryset(self) -> QuerySet[Any]:
        return UnitFactor.objects.select_related("product")


class UnitPage(FormPage):
    permission = "master.edit"
    form_class: ClassVar[type[Form]] = UnitForm
    refusals = (UnitRefused,)
    asks_reason = True

    def get_cancel_url(self) -> str:
        return self.url("catalog:unit_list")


class CreateUnit(UnitPage):
    heading = "New unit"

    def execute(self, form: Any) -> str:
        save_unit(by=self.member, at=self.now(), **form.cleaned_data)
        return self.get_cancel_url()


class OneUnit(UnitPage):
    @cached_property
    def found(self) -> UnitFactor:
        return get_object_or_404(UnitFactor.objects.select_related("product"), pk=self.kwargs["pk"])


class EditUnit(OneUnit):
    def get_heading(self) -> str:
        return str(self.found)

    def get_history_url(self) -> str:
        return self.url("people:history", "unit", self.found.pk)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.found, name) for name in UnitForm.base_fields}

    def execute(self, form: Any) -> str:
        save_unit(factor_id=self.found.pk, by=self.member, at=self.now(), **form.cleaned_data)
        return self.get_cancel_url()


class RemoveUnit(OneUnit, ConfirmPost):
    form_class = Form
    template_name = "ui/confirm.html"
    submit_label = "Remove"
    is_destructive = True

    def get_heading(self) -> str:
        return f"Remove {self.found}"

    def get_question(self) -> str:
        return "Files that use the unit are refused from now on, row by row."

    def execute(self, form: Any) -> str:
        remove_unit(factor_id=self.found.pk, by=self.member, at=self.now())
        return self.get_cancel_url()
