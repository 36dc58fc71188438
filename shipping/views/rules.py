from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList, Way
from shipping.actions.save_rule import save_rule
from shipping.filters import RuleFilter
from shipping.forms import RuleForm
from shipping.models import ShippingRule
from shipping.tables import RuleTable, band
from shipping.views.editing import SaveVersioned
from ui.views import DetailPage

KEYS = ("terms", "sell_to", "end_buyer", "ship_to", "ship_from", "family")


def all_rules() -> QuerySet[Any]:
    return ShippingRule.objects.select_related(
        "terms", "sell_to", "end_buyer", "ship_to__party", "ship_from__party", "family"
    )


class RuleList(MasterList):
    model = ShippingRule
    heading = "Shipping rules"
    table_class = RuleTable
    filterset_class = RuleFilter
    create_name = "shipping:rule_create"
    create_label = "New rule"
    file_kind = "shipping_rules"
    ways = (Way("Which terms apply?", "shipping:try_terms", "question-mark-circle"),)
    orderings = {"code": ("code", "pk")}
    default_ordering = "code"
    empty_title = "No shipping rules yet"
    empty_text = "A rule says for which deliveries which terms apply. One without conditions applies to everything."

    def get_queryset(self) -> QuerySet[Any]:
        return all_rules()


class RuleDetail(DetailPage):
    permission = "master.view"
    model = ShippingRule
    template_name = "shipping/rule.html"

    def get_queryset(self) -> QuerySet[Any]:
        return all_rules()

    def get_context(self, found: ShippingRule) -> dict[str, Any]:
        dates = [day and f"{day:%d %b %Y}" for day in (found.valid_from, found.valid_to)]
        conditions = [
            ("Sell-to, or a branch of it", found.sell_to and found.sell_to.name),
            ("End buyer", found.end_buyer and found.end_buyer.name),
            ("Ship-to", found.ship_to and f"{found.ship_to.party.name}, {found.ship_to.name}"),
            ("Ship-to country", found.ship_to_country),
            ("Ship-to region", found.ship_to_region),
            ("Ship-from site", found.ship_from and found.ship_from.name),
            ("Product family", found.family and found.family.code),
            ("Weight, kg", band(found.min_weight_kg, found.max_weight_kg)),
            (f"Value, {self.tenant.currency}", band(found.min_value, found.max_value)),
            ("Incoterm of the order", found.incoterm),
            ("Valid", " to ".join(day or "…" for day in dates) if any(dates) else ""),
        ]
        return {"conditions": [(label, value) for label, value in conditions if value]}


class RuleFormPage(SaveVersioned):
    form_class = RuleForm

    def save(self, form: Any, rule_id: int | None) -> str:
        values = dict(form.cleaned_data)
        for key in KEYS:
            found = values.pop(key)
            values[f"{key}_id"] = found.pk if found else None
        rule = save_rule(rule_id=rule_id, by=self.member, at=self.now(), **values)
        return self.url("shipping:rule_detail", rule.pk)

    def current(self, record: Any) -> dict[str, Any]:
        return {name: getattr(record, name) for name in RuleForm.base_fields}


class CreateRule(RuleFormPage):
    heading = "New shipping rule"

    def get_cancel_url(self) -> str:
        return self.url("shipping:rule_list")

    def execute(self, form: Any) -> str:
        return self.save(form, None)


class EditRule(RuleFormPage):
    def rule(self) -> Any:
        return get_object_or_404(all_rules(), pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return self.rule().code

    def get_initial(self) -> dict[str, Any]:
        return self.current(self.rule())

    def get_cancel_url(self) -> str:
        return self.url("shipping:rule_detail", self.kwargs["pk"])

    def execute(self, form: Any) -> str:
        return self.save(form, self.rule().pk)
