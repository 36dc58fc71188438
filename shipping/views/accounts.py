from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from shipping.actions.save_carrier import save_carrier
from shipping.actions.save_freight_account import save_freight_account
from shipping.filters import CarrierFilter, FreightAccountFilter
from shipping.forms import CarrierForm, FreightAccountForm
from shipping.models import Carrier, FreightAccount
from shipping.tables import CarrierTable, FreightAccountTable
from shipping.views.editing import SaveForm
from ui.views import EmptyAction, ListPage


class FreightAccountList(ListPage):
    permission = "master.view"
    model = FreightAccount
    heading = "Freight accounts"
    table_class = FreightAccountTable
    filterset_class = FreightAccountFilter
    template_name = "shipping/list.html"
    empty_title = "No freight accounts yet"
    empty_text = "Ours, a customer's or a third party's: the account that pays the carriage."

    def get_queryset(self) -> QuerySet[Any]:
        return FreightAccount.objects.select_related("party", "carrier")

    def get_context(self) -> dict[str, Any]:
        return {
            "create_url": self.url("shipping:account_create"),
            "create_label": "New account",
            "kind": "freight_accounts",
        }

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction("New account", self.url("shipping:account_create"))]


class AccountFormPage(SaveForm):
    form_class = FreightAccountForm

    def get_cancel_url(self) -> str:
        return self.url("shipping:account_list")

    def save(self, form: Any, account_id: int | None) -> str:
        values = dict(form.cleaned_data)
        keys = {f"{name}_id": values.pop(name).pk for name in ("party", "carrier")}
        save_freight_account(account_id=account_id, by=self.member, at=self.now(), **keys, **values)
        return self.get_cancel_url()


class CreateAccount(AccountFormPage):
    heading = "New freight account"

    def execute(self, form: Any) -> str:
        return self.save(form, None)


class EditAccount(AccountFormPage):
    def get_history_url(self) -> str:
        return self.url("people:history", "freight-account", self.kwargs["pk"])

    def account(self) -> FreightAccount:
        return get_object_or_404(FreightAccount.objects.select_related("party", "carrier"), pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"Account {self.account().number}"

    def get_initial(self) -> dict[str, Any]:
        account = self.account()
        return {name: getattr(account, name) for name in FreightAccountForm.base_fields}

    def execute(self, form: Any) -> str:
        return self.save(form, self.account().pk)


class CarrierList(ListPage):
    permission = "master.view"
    model = Carrier
    heading = "Carriers"
    table_class = CarrierTable
    filterset_class = CarrierFilter
    template_name = "shipping/list.html"
    orderings = {"code": ("code", "pk")}
    default_ordering = "code"
    empty_title = "No carriers yet"
    empty_text = "Enter one, or upload freight accounts: they make the carriers they name."

    def get_context(self) -> dict[str, Any]:
        return {"create_url": self.url("shipping:carrier_create"), "create_label": "New carrier"}

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction("New carrier", self.url("shipping:carrier_create"))]


class CarrierFormPage(SaveForm):
    form_class = CarrierForm

    def get_cancel_url(self) -> str:
        return self.url("shipping:carrier_list")

    def save(self, form: Any, carrier_id: int | None) -> str:
        save_carrier(carrier_id=carrier_id, by=self.member, at=self.now(), **form.cleaned_data)
        return self.get_cancel_url()


class CreateCarrier(CarrierFormPage):
    heading = "New carrier"

    def execute(self, form: Any) -> str:
        return self.save(form, None)


class EditCarrier(CarrierFormPage):
    def get_history_url(self) -> str:
        return self.url("people:history", "carrier", self.kwargs["pk"])

    def carrier(self) -> Carrier:
        return get_object_or_404(Carrier, pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return self.carrier().name

    def get_initial(self) -> dict[str, Any]:
        carrier = self.carrier()
        return {"code": carrier.code, "name": carrier.name, "services": "\n".join(carrier.services)}

    def execute(self, form: Any) -> str:
        return self.save(form, self.carrier().pk)
