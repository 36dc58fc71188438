from typing import Any

from django.core.exceptions import ValidationError

from people.actions.change_tenant import CurrencyIsFixed, PeriodNotOver, change_tenant
from people.outside import has_amounts
from people.tenant_form import TenantForm
from ui.views import FormPage


class TenantSettings(FormPage):
    """What holds for the whole tenant."""

    permission = "tenant.edit"
    heading = "Settings"
    form_class = TenantForm
    template_name = "people/tenant.html"
    asks_reason = True
    refusals = (CurrencyIsFixed, PeriodNotOver, ValidationError)
    success_message = "Saved. It holds from now on."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"is_fixed": has_amounts()}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.tenant, name) for name in TenantForm.base_fields}

    def get_history_url(self) -> str:
        return self.url("people:history", "tenant", self.tenant.pk)

    def get_cancel_url(self) -> str:
        return self.url("people:tenant_home")

    def execute(self, form: Any) -> str:
        change_tenant(tenant_id=self.tenant.pk, by=self.member, at=self.now(), **form.cleaned_data)
        return self.url("people:tenant_settings")
