from typing import Any

from pricing.actions.set_fx_rates import set_fx_rates
from pricing.errors import PricingRefusal
from pricing.filters import FxRateFilter
from pricing.forms import FxRateForm
from pricing.models import FxRate
from pricing.rows import FxRow
from pricing.tables import FxRateTable
from ui.views import EmptyAction, FormPage, ListPage


class FxRateList(ListPage):
    permission = "master.view"
    model = FxRate
    heading = "Exchange rates"
    table_class = FxRateTable
    filterset_class = FxRateFilter
    template_name = "pricing/rates.html"
    orderings = {"pair": ("from_currency", "to_currency", "date", "pk")}
    default_ordering = "-pair"
    empty_title = "No rates yet"
    empty_text = "Enter one, or upload a file of them."

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction("New rate", self.url("pricing:rate_create"))]


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
