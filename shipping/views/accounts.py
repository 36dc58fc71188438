from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList
from people.views.record import Fact, RecordPage
from shipping.actions.save_carrier import save_carrier
from shipping.actions.save_freight_account import save_freight_account
from shipping.filters import CarrierFilter, FreightAccountFilter
from shipping.forms import CarrierForm, FreightAccountForm
from shipping.models import Carrier, FreightAccount
from shipping.tables import SEES_NUMBERS, CarrierTable, FreightAccountTable, masked
from shipping.views.editing import SaveForm


class FreightAccountList(MasterList):
    model = FreightAccount
    heading = "Freight accounts"
    table_class = FreightAccountTable
    filterset_class = FreightAccountFilter
    create_name = "shipping:account_create"
    create_label = "New account"
    file_kind = "freight_accounts"
    empty_title = "No freight accounts yet"
    empty_text = "Ours, a customer's or a third party's: the account that pays the carriage."

    def get_queryset(self) -> QuerySet[Any]:
        return FreightAccount.objects.select_related("party", "carrier")


class AccountDetail(RecordPage):
    model = FreightAccount
    list_name = "shipping:account_list"
    list_label = "Freight accounts"
    edit_name = "shipping:account_edit"
    edit_right = SEES_NUMBERS
    kind = "freight-account"

    def get_queryset(self) -> QuerySet[Any]:
        return FreightAccount.objects.select_related("party", "carrier")

    def title(self, found: FreightAccount) -> str:
        return f"Account {self.number(found)}"

    def number(self, found: FreightAccount) -> str:
        return found.number if self.member.may(SEES_NUMBERS) else masked(found.number)

    def facts(self, found: FreightAccount) -> list[Fact]:
        days = [day and f"{day:%d %b %Y}" for day in (found.valid_from, found.valid_to)]
        return [
            Fact("Whose", found.party.name, self.url("parties:party_detail", found.party_id)),
            Fact("Carrier", found.carrier.name, self.url("shipping:carrier_detail", found.carrier_id)),
            Fact("Service", found.service or "any"),
            Fact("Account number", self.number(found)),
            Fact("Payer's country", found.payer_country),
            Fact("Payer's postcode", found.payer_postcode),
            Fact("Valid", " to ".join(day or "…" for day in days) if any(days) else "always"),
        ]


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


class CarrierList(MasterList):
    model = Carrier
    heading = "Carriers"
    table_class = CarrierTable
    filterset_class = CarrierFilter
    create_name = "shipping:carrier_create"
    create_label = "New carrier"
    file_kind = "carriers"
    orderings = {"code": ("code", "pk")}
    default_ordering = "code"
    empty_title = "No carriers yet"
    empty_text = "Enter one, or upload freight accounts: they make the carriers they name."


class CarrierDetail(RecordPage):
    model = Carrier
    list_name = "shipping:carrier_list"
    list_label = "Carriers"
    edit_name = "shipping:carrier_edit"
    edit_right = SEES_NUMBERS
    kind = "carrier"

    def facts(self, found: Carrier) -> list[Fact]:
        return [
            Fact("Code", found.code),
            Fact("Name", found.name),
            Fact("Services", "\n".join(found.services) or "any"),
        ]


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
