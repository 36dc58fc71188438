from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList
from shipping.actions.save_terms import save_terms
from shipping.filters import TermsFilter
from shipping.forms import TermsForm
from shipping.models import ShippingRule, ShippingTerms
from shipping.tables import SEES_NUMBERS, TermsTable, masked
from shipping.views.editing import SaveVersioned
from ui.views import DetailPage
from values.incoterms import incoterm

MOST_SHOWN = 200
KEYS = ("carrier", "freight_account", "re_shipper")


def all_terms() -> QuerySet[Any]:
    return ShippingTerms.objects.select_related("carrier", "freight_account__party", "re_shipper__party")


class TermsList(MasterList):
    model = ShippingTerms
    heading = "Shipping terms"
    table_class = TermsTable
    filterset_class = TermsFilter
    create_name = "shipping:terms_create"
    create_label = "New terms"
    file_kind = "shipping_terms"
    orderings = {"code": ("code", "pk")}
    default_ordering = "code"
    empty_title = "No shipping terms yet"
    empty_text = "Nothing can be released before there are terms, and a rule that says when they apply."

    def get_queryset(self) -> QuerySet[Any]:
        return ShippingTerms.objects.select_related("carrier", "re_shipper")


class TermsDetail(DetailPage):
    permission = "master.view"
    model = ShippingTerms
    template_name = "shipping/terms.html"

    def get_queryset(self) -> QuerySet[Any]:
        return all_terms()

    def get_context(self, found: ShippingTerms) -> dict[str, Any]:
        number = found.freight_account.number if found.freight_account else ""
        rules = ShippingRule.objects.filter(terms=found).order_by("code")
        return {
            "account": number if self.member.may(SEES_NUMBERS) or not number else masked(number),
            "rules": rules[:MOST_SHOWN],
            "passes": incoterm(found.incoterm).passes_in_words,
            "documents": [line for line in found.documents.splitlines() if line.strip()],
        }


class TermsFormPage(SaveVersioned):
    form_class = TermsForm

    def save(self, form: Any, terms_id: int | None) -> str:
        values = {name: value for name, value in form.cleaned_data.items() if name != "account"}
        for key in KEYS:
            found = values.pop(key)
            values[f"{key}_id"] = found.pk if found else None
        terms = save_terms(terms_id=terms_id, by=self.member, at=self.now(), **values)
        return self.url("shipping:terms_detail", terms.pk)

    def current(self, record: Any) -> dict[str, Any]:
        names = [name for name in TermsForm.base_fields if name != "account"]
        number = record.freight_account.number if record.freight_account else ""
        return {**{name: getattr(record, name) for name in names}, "account": number}


class CreateTerms(TermsFormPage):
    heading = "New shipping terms"

    def get_cancel_url(self) -> str:
        return self.url("shipping:terms_list")

    def execute(self, form: Any) -> str:
        return self.save(form, None)


class EditTerms(TermsFormPage):
    def terms(self) -> Any:
        return get_object_or_404(all_terms(), pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return self.terms().code

    def get_initial(self) -> dict[str, Any]:
        return self.current(self.terms())

    def get_cancel_url(self) -> str:
        return self.url("shipping:terms_detail", self.kwargs["pk"])

    def execute(self, form: Any) -> str:
        return self.save(form, self.terms().pk)
