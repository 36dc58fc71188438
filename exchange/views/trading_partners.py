from typing import Any

from django.shortcuts import get_object_or_404

from exchange.actions.save_trading_partner import IdentityTaken, save_trading_partner
from exchange.forms import TradingPartnerForm
from exchange.models import TradingPartner
from exchange.partners import partner_code
from exchange.tables import TradingPartnerTable
from exchange.unit_maps import spelled_units
from exchange.views.masters import MasterList
from people.views.record import Fact, RecordPage
from ui.views import FormPage


class TradingPartnerList(MasterList):
    permission = "files.import"
    model = TradingPartner
    heading = "Trading partners"
    within = ("Files in", "exchange:batch_list")
    table_class = TradingPartnerTable
    file_kind = "trading_partners"
    create_name = "exchange:trading_partner_add"
    create_label = "New trading partner"
    empty_title = "No trading partners yet"
    empty_text = "Say who is behind an EDI identity; its orders then know whose they are."


class TradingPartnerDetail(RecordPage):
    permission = "files.import"
    model = TradingPartner
    list_name = "exchange:trading_partner_list"
    list_label = "Trading partners"
    edit_name = "exchange:trading_partner_edit"
    kind = "trading-partner"

    def facts(self, found: TradingPartner) -> list[Fact]:
        return [
            Fact("Name", found.name),
            Fact("Qualifier (ISA05)", found.qualifier),
            Fact("Identity (ISA06)", found.identity),
            Fact("Application (GS02)", found.application or "any"),
            Fact("Sell-to", partner_code(found.party_id) if found.party_id else "named by each order"),
            Fact("Currency", found.currency),
            Fact("Interchanges marked as a test", "taken as real" if found.test_allowed else "not taken"),
            Fact("Its units", spelled_units(found.unit_map, "\n")),
        ]


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
        values["unit_map"] = spelled_units(partner.unit_map, "\n")
        return values

    def execute(self, form: Any) -> str:
        return self.save(form, self.partner().pk)
