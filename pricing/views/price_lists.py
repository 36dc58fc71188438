from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList, Way
from pricing.actions.assign_price_list import assign_price_list
from pricing.actions.change_price_list import change_price_list
from pricing.actions.create_price_list import create_price_list
from pricing.actions.set_list_prices import set_list_prices
from pricing.errors import PricingRefusal
from pricing.filters import ListItemFilter, PriceListFilter
from pricing.forms.price_lists import AssignmentForm, ListPriceForm, PriceListForm
from pricing.models import PriceList, PriceListAssignment, PriceListItem
from pricing.rows import AssignmentRow, PriceListRow
from pricing.tables import ListItemTable, PriceListTable
from tenancy.rights import SEE_COST
from ui.views import FormPage, ListPage

MOST_SHOWN = 200


class PriceListList(MasterList):
    model = PriceList
    heading = "Price lists"
    table_class = PriceListTable
    filterset_class = PriceListFilter
    edit_right = "prices.edit"
    create_name = "pricing:price_list_create"
    create_label = "New price list"
    file_kind = "price_lists"
    ways = (
        Way("Who buys from which", "pricing:assignment_list", "building-office-2"),
        Way("What price?", "pricing:price_ask", "calculator"),
    )
    orderings = {"code": ("code", "pk")}
    default_ordering = "code"
    empty_title = "No price lists yet"
    empty_text = "Make one, or upload a file of prices."


class PriceListDetail(ListPage):
    """The prices of one list, and who buys from it."""

    permission = "master.view"
    model = PriceListItem
    table_class = ListItemTable
    filterset_class = ListItemFilter
    template_name = "pricing/price_list.html"
    orderings = {"part": ("product_id", "min_qty", "valid_from", "pk")}
    default_ordering = "part"
    empty_title = "No prices here"
    empty_text = "Set the first one, or upload a file of them."

    @cached_property
    def price_list(self) -> PriceList:
        return get_object_or_404(PriceList, pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"Price list {self.price_list.code}"

    def get_queryset(self) -> QuerySet[Any]:
        return PriceListItem.objects.filter(price_list=self.price_list).select_related("product")

    def get_context(self) -> dict[str, Any]:
        assigned = PriceListAssignment.objects.filter(price_list=self.price_list).select_related("party")
        return {"price_list": self.price_list, "assignments": assigned.order_by("party__code", "pk")[:MOST_SHOWN]}


class CreatePriceList(FormPage):
    permission = "prices.edit"
    form_class = PriceListForm
    asks_reason = True
    heading = "New price list"
    refusals = (PricingRefusal,)

    def execute(self, form: Any) -> str:
        made = create_price_list(by=self.member, at=self.now(), **form.cleaned_data)
        return self.url("pricing:price_list_detail", made.pk)

    def get_cancel_url(self) -> str:
        return self.url("pricing:price_list_list")


class PriceListPage(FormPage):
    """A form about one list."""

    permission = "prices.edit"
    asks_reason = True
    refusals = (PricingRefusal,)

    @cached_property
    def price_list(self) -> PriceList:
        return get_object_or_404(PriceList, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": self.tenant.today(self.now())}

    def get_cancel_url(self) -> str:
        return self.url("pricing:price_list_detail", self.price_list.pk)


class EditPriceList(PriceListPage):
    form_class = PriceListForm

    def get_heading(self) -> str:
        return f"Price list {self.price_list.code}"

    def get_form(self, **kwargs: Any) -> Any:
        form = super().get_form(**kwargs)
        form.fields["currency"].disabled = True
        form.fields["currency"].help_text = "Stays: the prices are in it"
        return form

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.price_list, name) for name in PriceListForm.base_fields}

    def execute(self, form: Any) -> str:
        code, kind = form.cleaned_data["code"], form.cleaned_data["kind"]
        change_price_list(price_list_id=self.price_list.pk, code=code, kind=kind, by=self.member, at=self.now())
        return self.get_cancel_url()


class SetListPrice(PriceListPage):
    form_class = ListPriceForm

    def get_heading(self) -> str:
        return f"Set a price on {self.price_list.code}, {self.price_list.currency}"

    def execute(self, form: Any) -> str:
        found = form.cleaned_data
        price = PriceListRow(
            list_code=self.price_list.code,
            currency=self.price_list.currency,
            product_id=found["product"].pk,
            min_qty=found["min_qty"],
            price=found["price"],
            valid_from=found["valid_from"],
            valid_to=found["valid_to"],
        )
        set_list_prices(prices=[price], by=self.member, at=self.now())
        return self.get_cancel_url()


class ChangeListPrice(SetListPrice):
    """Another price, or a last day, for a price that stands. From another day on it is a new price."""

    @cached_property
    def item(self) -> PriceListItem:
        found = PriceListItem.objects.select_related("product")
        return get_object_or_404(found, pk=self.kwargs["item"], price_list_id=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"Change a price on {self.price_list.code}, {self.price_list.currency}"

    def get_form(self, **kwargs: Any) -> Any:
        form = super().get_form(**kwargs)
        for name in ("product", "min_qty", "valid_from"):
            form.fields[name].disabled = True
        return form

    def get_initial(self) -> dict[str, Any]:
        shown = set(ListPriceForm.base_fields) - (set() if self.member.may(SEE_COST) else {"price"})
        return {name: getattr(self.item, name) for name in shown}


class AssignPriceList(PriceListPage):
    form_class = AssignmentForm

    def get_heading(self) -> str:
        return f"Who buys from {self.price_list.code}"

    def execute(self, form: Any) -> str:
        found = form.cleaned_data
        assignment = AssignmentRow(self.price_list.pk, found["party"].pk, found["valid_from"], found["valid_to"])
        assign_price_list(assignment=assignment, by=self.member, at=self.now())
        return self.get_cancel_url()
