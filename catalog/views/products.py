from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404

from catalog.actions.add_part_number import NumberTaken, add_part_number
from catalog.actions.save_product import SkuTaken, save_product
from catalog.filters import ProductFilter
from catalog.forms import PartNumberForm, ProductForm
from catalog.models import PartNumber, Product
from catalog.tables import ProductTable
from exchange.views.masters import MasterList, Way
from tenancy.rights import SEE_COST
from ui.views import DetailPage, FormPage

MOST_SHOWN = 200
FLOOR = ("floor_price", "floor_currency")


class ProductList(MasterList):
    model = Product
    heading = "Parts"
    table_class = ProductTable
    filterset_class = ProductFilter
    create_name = "catalog:product_create"
    create_label = "New part"
    file_kind = "products"
    ways = (
        Way("Customers' numbers", "catalog:part_number_list", "tag"),
        Way("Families", "catalog:family_list", "rectangle-stack"),
        Way("Units", "catalog:unit_list", "scale"),
    )
    orderings = {"sku": ("sku", "pk")}
    default_ordering = "sku"
    empty_title = "No parts yet"
    empty_text = "Enter the first one, or upload a file of them."

    def get_queryset(self) -> QuerySet[Any]:
        return Product.objects.select_related("family")


class ProductDetail(DetailPage):
    permission = "master.view"
    model = Product
    template_name = "catalog/detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return Product.objects.select_related("family")

    def get_context(self, found: Product) -> dict[str, Any]:
        numbers = PartNumber.objects.filter(product=found).select_related("party").order_by("party__code", "number")
        return {"part_numbers": numbers[:MOST_SHOWN]}


class ProductFormPage(FormPage):
    permission = "master.edit"
    form_class: ClassVar[type[Form]] = ProductForm
    asks_reason = True
    refusals: ClassVar[tuple[type[Exception], ...]] = (SkuTaken,)

    def product(self) -> Product:
        return get_object_or_404(Product.objects.select_related("family"), pk=self.kwargs["pk"])

    def get_form(self, **kwargs: Any) -> Any:
        """The floor price is a price like any other: only for those who see costs."""
        form = super().get_form(**kwargs)
        if not self.member.may(SEE_COST):
            for name in FLOOR:
                form.fields.pop(name, None)
        return form

    def get_cancel_url(self) -> str:
        pk = self.kwargs.get("pk")
        return self.url("catalog:product_detail", pk) if pk else self.url("catalog:product_list")


class CreateProduct(ProductFormPage):
    heading = "New part"

    def execute(self, form: Any) -> str:
        product = save_product(by=self.member, at=self.now(), **form.cleaned_data)
        return self.url("catalog:product_detail", product.pk)


class EditProduct(ProductFormPage):
    def get_heading(self) -> str:
        return self.product().sku

    def get_initial(self) -> dict[str, Any]:
        product = self.product()
        return {name: getattr(product, name) for name in ProductForm.base_fields} | {"family": product.family.code}

    def execute(self, form: Any) -> str:
        save_product(product_id=self.product().pk, by=self.member, at=self.now(), **form.cleaned_data)
        return self.get_cancel_url()


class AddPartNumber(ProductFormPage):
    form_class = PartNumberForm
    refusals = (NumberTaken,)

    def get_heading(self) -> str:
        return f"A customer's number for {self.product().sku}"

    def execute(self, form: Any) -> str:
        add_part_number(product=self.product(), by=self.member, at=self.now(), **form.cleaned_data)
        return self.get_cancel_url()
