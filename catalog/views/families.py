from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from catalog.actions.save_family import FamilyTaken, save_family
from catalog.filters import FamilyFilter
from catalog.forms import FamilyForm
from catalog.models import Product, ProductFamily
from catalog.tables import FamilyTable
from exchange.views.masters import MasterList
from people.views.record import Fact, RecordPage
from ui.views import FormPage


class FamilyList(MasterList):
    model = ProductFamily
    heading = "Product families"
    within = ("Parts", "catalog:product_list")
    table_class = FamilyTable
    file_kind = "product_families"
    filterset_class = FamilyFilter
    create_name = "catalog:family_create"
    create_label = "New family"
    orderings = {"code": ("code", "pk")}
    default_ordering = "code"
    empty_title = "No families yet"
    empty_text = (
        "Prices, agreements and shipping rules may address a family whole. Files of parts make those they name."
    )

    def get_queryset(self) -> QuerySet[Any]:
        parts = Product.objects.filter(family=OuterRef("pk")).order_by().values("family").annotate(count=Count("pk"))
        return ProductFamily.objects.annotate(parts=Coalesce(Subquery(parts.values("count")), 0))


class FamilyDetail(RecordPage):
    model = ProductFamily
    list_name = "catalog:family_list"
    list_label = "Product families"
    edit_name = "catalog:family_edit"
    kind = "family"

    def facts(self, found: ProductFamily) -> list[Fact]:
        parts = Product.objects.filter(family=found).count()
        return [
            Fact("Code", found.code),
            Fact("Name", found.name),
            Fact("Parts", f"{parts:,}", f"{self.url('catalog:product_list')}?family={found.code}"),
        ]


class FamilyFormPage(FormPage):
    permission = "master.edit"
    form_class = FamilyForm
    refusals = (FamilyTaken,)
    asks_reason = True


class CreateFamily(FamilyFormPage):
    heading = "New product family"

    def get_cancel_url(self) -> str:
        return self.url("catalog:family_list")

    def execute(self, form: Any) -> str:
        family = save_family(by=self.member, at=self.now(), **form.cleaned_data)
        return self.url("catalog:family_detail", family.pk)


class EditFamily(FamilyFormPage):
    def family(self) -> ProductFamily:
        return get_object_or_404(ProductFamily, pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return self.family().code

    def get_initial(self) -> dict[str, Any]:
        family = self.family()
        return {"code": family.code, "name": family.name}

    def get_cancel_url(self) -> str:
        return self.url("catalog:family_detail", self.kwargs["pk"])

    def execute(self, form: Any) -> str:
        save_family(family_id=self.family().pk, by=self.member, at=self.now(), **form.cleaned_data)
        return self.get_cancel_url()
