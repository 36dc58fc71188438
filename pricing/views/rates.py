from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList
from pricing.actions.set_fx_rates import set_fx_rates
from pricing.errors import PricingRefusal
from pricing.filters import FxRateFilter
from pricing.forms.rates import FxRateForm
from pricing.models import FxRate
from pricing.rows import FxRow
from pricing.tables import FxRateTable
from ui.views import FormPage


class FxRateList(MasterList):
    model = FxRate
    heading = "Exchange rates"
    table_class = FxRateTable
    filterset_class = FxRateFilter
    edit_right = "prices.edit"
    create_name = "pricing:rate_create"
    create_label = "New rate"
    file_kind = "fx_rates"
    orderings = {"pair": ("from_currency", "to_currency", "date", "pk")}
    default_ordering = "-pair"
    empty_title = "No rates yet"
    empty_text = "Enter one, or upload a file of them."


class CreateFxRate(FormPage):
    permission = "prices.edit"
    form_class = FxRateForm
    asks_reason = True
    heading = "Exchange rate of a day"
    refusals = (PricingRefusal,)

    def get_initial(self) -> dict[str, Any]:
        return {"date": self.tenant.today(self.now()), "to_currency": self.tenant.currency}

    def execute(self, form: Any) -> str:
        set_fx_rates(rates=[FxRow(**form.cleaned_data)], by=self.member, at=self.now())
        return self.get_cancel_url()

    def get_cancel_url(self) -> str:
        return self.url("pricing:rate_list")


class EditFxRate(CreateFxRate):
    """Another figure for the same day. Lines that are booked keep the rate they froze."""

    @cached_property
    def found(self) -> FxRate:
        return get_object_or_404(FxRate, pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return str(self.found)

    def get_form(self, **kwargs: Any) -> Any:
        form = super().get_form(**kwargs)
        for name in ("date", "from_currency", "to_currency"):
            form.fields[name].disabled = True
        return form

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.found, name) for name in FxRateForm.base_fields}

    def get_history_url(self) -> str:
        return self.url("people:history", "rate", self.found.pk)
