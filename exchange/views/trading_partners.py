from typing import Any

from django.shortcuts import get_object_or_404

from exchange.actions.save_trading_partner import IdentityTaken, save_trading_partner
from exchange.forms import TradingPartnerForm
from exchange.models import TradingPartner
from exchange.partners import partner_code
from exchange.tables import TradingPartnerTable
from ui.views import EmptyAction, FormPage, ListPage


class TradingPartnerList(ListPage):
    permission = "files.import"
    model = TradingPartner
    heading = "Trading partners"
    table_class = TradingPartnerTable
    template_name = "exchange/trading_partners.html"
    empty_title = "No trading partners yet"
    empty_text = "Say who is behind an EDI identity; its orders then know whose they are."

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction("New trading partner", self.url("exchange:trading_partner_add"))]


class TradingPartnerPage(FormPage):
    permission = "master.edit"
    form_class = TradingPartnerForm
    asks_reason = True
    refusals = (IdentityTaken,)

    def get_cancel_url(self) -> str:
        return self.url("exchange:trading_partner_list")

    def save(self, form: Any, partner_id: int | None) -> str:
        values = dict(form.cleaned_data)
        party_id = values.pop("party")
        save_trading_partner(partner_id=partner_id, party_id=party_id, by=self.member, **values)
        return self.get_cancel_url()


class AddTradingPartner(TradingPartnerPage):
    heading = "New trading partner"

    def execute(self, form: Any) -> str:
        return self.save(form, None)


class EditTradingPartner(TradingPartnerPage):
    def get_history_url(self) -> str:
        return self.url("people:history", "trading-partner", self.kwargs["pk"])

    def partner(self) -> TradingPartner:
        return get_object_or_404(TradingPartner, pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return self.partner().name

    def get_initial(self) -> dict[str, Any]:
        partner = self.partner()
        values = {name: getattr(partner, name, "") for name in TradingPartnerForm.base_fields}
        values["party"] = partner_code(partner.party_id) if partner.party_id else ""
        values["unit_map"] = "\n".join(f"{theirs} = {ours}" for theirs, ours in sorted(partner.unit_map.items()))
        return values

    def execute(self, form: Any) -> str:
        return self.save(form, self.partner().pk)
