"""How each partner reports and claims."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path

from channel_inventory.actions.save_partner_terms import TermsTaken, save_partner_terms
from channel_inventory.filters.partner_terms import PartnerTermsFilter
from channel_inventory.forms.partner_terms import PartnerTermsForm
from channel_inventory.models import PartnerTerms
from channel_inventory.tables.partner_terms import PartnerTermsTable
from exchange.views.masters import MasterList
from people.views.record import Fact, RecordPage
from ui.figures import figure
from ui.views import FormPage

LIST, DETAIL = "channel_inventory:partner_terms_list", "channel_inventory:partner_terms_detail"
KIND = "partner-terms"


def all_terms() -> QuerySet[PartnerTerms]:
    return PartnerTerms.objects.select_related("partner")


class PartnerTermsList(MasterList):
    model = PartnerTerms
    heading = "Partner terms"
    table_class = PartnerTermsTable
    filterset_class = PartnerTermsFilter
    create_name = "channel_inventory:partner_terms_create"
    create_label = "New terms"
    empty_title = "No partner has terms of its own"
    empty_text = "Each may report and claim for 90 days after a resale, and claims from what the goods cost it."

    def get_queryset(self) -> QuerySet[PartnerTerms]:
        return all_terms()


class PartnerTermsDetail(RecordPage):
    model = PartnerTerms
    list_name = LIST
    list_label = "Partner terms"
    edit_name = "channel_inventory:partner_terms_edit"
    kind = KIND

    def get_queryset(self) -> QuerySet[PartnerTerms]:
        return all_terms()

    def title(self, found: PartnerTerms) -> str:
        return f"Terms of {found.partner.name}"

    def facts(self, found: PartnerTerms) -> list[Fact]:
        return [
            Fact("Partner", found.partner.name, self.url("parties:party_detail", found.partner_id)),
            Fact("Price basis", found.get_price_basis_display()),
            Fact("Reported within", f"{figure(found.window_days)} days after the resale"),
            Fact("Claimed within", f"{figure(found.claim_days)} days after the resale; later is code 29"),
        ]


class PartnerTermsForms(FormPage):
    permission = "master.edit"
    form_class = PartnerTermsForm
    asks_reason = True
    refusals = (TermsTaken,)

    def save(self, form: Any, *, is_new: bool) -> str:
        values = dict(form.cleaned_data)
        partner_id = values.pop("partner").pk
        terms = save_partner_terms(partner_id=partner_id, is_new=is_new, by=self.member, at=self.now(), **values)
        return self.url(DETAIL, terms.pk)


class CreatePartnerTerms(PartnerTermsForms):
    heading = "New partner terms"

    def get_cancel_url(self) -> str:
        return self.url(LIST)

    def execute(self, form: Any) -> str:
        return self.save(form, is_new=True)


class EditPartnerTerms(PartnerTermsForms):
    def terms(self) -> PartnerTerms:
        return get_object_or_404(all_terms(), pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"Terms of {self.terms().partner.name}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"is_known": True}

    def get_initial(self) -> dict[str, Any]:
        terms = self.terms()
        values = {name: getattr(terms, name) for name in PartnerTermsForm.base_fields}
        # two parties may have one name; a code is one party's
        return {**values, "partner": terms.partner.code}

    def get_cancel_url(self) -> str:
        return self.url(DETAIL, self.kwargs["pk"])

    def get_history_url(self) -> str:
        return self.url("people:history", KIND, self.kwargs["pk"])

    def execute(self, form: Any) -> str:
        return self.save(form, is_new=False)


urlpatterns = [
    path("partner-terms/", PartnerTermsList.as_view(), name="partner_terms_list"),
    path("partner-terms/new/", CreatePartnerTerms.as_view(), name="partner_terms_create"),
    path("partner-terms/<int:pk>/", PartnerTermsDetail.as_view(), name="partner_terms_detail"),
    path("partner-terms/<int:pk>/edit/", EditPartnerTerms.as_view(), name="partner_terms_edit"),
]
