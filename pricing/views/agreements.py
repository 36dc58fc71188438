from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from exchange.views.masters import MasterList, Way
from pricing.actions.approve_agreement import approve_agreement
from pricing.actions.change_agreement import change_agreement
from pricing.actions.close_agreement import close_agreement
from pricing.actions.create_agreement import create_agreement
from pricing.actions.return_agreement import return_agreement
from pricing.actions.revise_agreement import revise_agreement
from pricing.actions.submit_agreement import submit_agreement
from pricing.agreements.uses import use_of
from pricing.choices import AGREEMENT_TRANSITIONS, IN_FORCE, AgreementStatus
from pricing.errors import PricingRefusal
from pricing.filters import AgreementFilter
from pricing.forms.agreement import AgreementForm, initial_of
from pricing.models import Agreement
from pricing.tables import AgreementTable
from tenancy.rights import SEE_COST
from ui.views import ConfirmPost, DetailPage, FormPage

MORE_ROWS = 10


class AgreementList(MasterList):
    model = Agreement
    heading = "Agreements"
    table_class = AgreementTable
    filterset_class = AgreementFilter
    edit_right = "prices.edit"
    create_name = "pricing:agreement_create"
    create_label = "New agreement"
    file_kind = "agreements"
    ways = (Way("What price?", "pricing:price_ask", "calculator"),)
    orderings = {"number": ("number", "revision", "pk")}
    default_ordering = "-number"
    empty_title = "No agreements yet"
    empty_text = "Enter the first one, or upload a file of them."

    def get_queryset(self) -> QuerySet[Any]:
        return Agreement.objects.select_related("end_buyer", "sell_to")


class AgreementDetail(DetailPage):
    permission = "master.view"
    model = Agreement
    template_name = "pricing/agreement.html"

    def get_queryset(self) -> QuerySet[Any]:
        return Agreement.objects.select_related("end_buyer", "sell_to", "approved_by__user")

    def get_context(self, found: Agreement) -> dict[str, Any]:
        allowed = AGREEMENT_TRANSITIONS[found.status]
        return {
            "lines": use_of(found),
            "revisions": Agreement.objects.filter(number=found.number).order_by("-revision"),
            "may_submit": AgreementStatus.SUBMITTED in allowed,
            "may_approve": AgreementStatus.APPROVED in allowed,
            "may_return": AgreementStatus.DRAFT in allowed,
            "may_close": AgreementStatus.CLOSED in allowed,
            "is_draft": found.status == AgreementStatus.DRAFT,
            "is_in_force": found.status in IN_FORCE,
        }


class AgreementFormPage(FormPage):
    permission = "prices.edit"
    form_class = AgreementForm
    asks_reason = True
    template_name = "pricing/agreement_form.html"
    refusals = (PricingRefusal,)

    def get_form(self, **kwargs: Any) -> Any:
        asked = self.request.GET.get("rows", "")
        rows = int(asked) if asked.isascii() and asked.isdecimal() else 0
        return super().get_form(row_count=max(rows, self.present_rows), **kwargs)

    @property
    def present_rows(self) -> int:
        return 0

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"more_rows": form.row_count + MORE_ROWS}

    def get_cancel_url(self) -> str:
        return self.url("pricing:agreement_list")


class CreateAgreement(AgreementFormPage):
    heading = "New agreement"

    def get_initial(self) -> dict[str, Any]:
        return {"currency": self.tenant.currency, "valid_from": self.tenant.today(self.now())}

    def execute(self, form: Any) -> str:
        made = create_agreement(draft=form.draft(), by=self.member, at=self.now())
        return self.url("pricing:agreement_detail", made.pk)


class KnownAgreementForm(AgreementFormPage):
    @cached_property
    def agreement(self) -> Agreement:
        return get_object_or_404(Agreement.objects.select_related("end_buyer", "sell_to"), pk=self.kwargs["pk"])

    @cached_property
    def initial(self) -> tuple[dict[str, Any], int]:
        return initial_of(self.agreement, with_prices=self.member.may(SEE_COST))

    @property
    def present_rows(self) -> int:
        return self.initial[1]

    def get_initial(self) -> dict[str, Any]:
        return self.initial[0]

    def get_cancel_url(self) -> str:
        return self.url("pricing:agreement_detail", self.agreement.pk)


class EditAgreement(KnownAgreementForm):
    def get_heading(self) -> str:
        return f"Change the draft {self.agreement.number}"

    def execute(self, form: Any) -> str:
        changed = change_agreement(agreement_id=self.agreement.pk, draft=form.draft(), by=self.member, at=self.now())
        return self.url("pricing:agreement_detail", changed.pk)


class ReviseAgreement(KnownAgreementForm):
    submit_label = "Save as a draft"

    def get_heading(self) -> str:
        return f"Next revision of {self.agreement.number}"

    def execute(self, form: Any) -> str:
        revised = revise_agreement(agreement_id=self.agreement.pk, draft=form.draft(), by=self.member, at=self.now())
        return self.url("pricing:agreement_detail", revised.pk)


class AgreementStep(ConfirmPost):
    """One step in the life of an agreement."""

    permission = "prices.edit"
    refusals = (PricingRefusal,)
    asks_reason = True
    verb: ClassVar[str]
    action: ClassVar[Any]

    @cached_property
    def agreement(self) -> Agreement:
        return get_object_or_404(Agreement, pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"{self.verb} {self.agreement.number} revision {self.agreement.revision}"

    def execute(self, form: Any) -> str:
        type(self).action(agreement_id=self.agreement.pk, by=self.member, at=self.now())
        return self.get_cancel_url()

    def get_cancel_url(self) -> str:
        return self.url("pricing:agreement_detail", self.agreement.pk)


class SubmitAgreement(AgreementStep):
    verb = submit_label = "Submit"
    question = "Hand it in for approval? It cannot be changed while it waits."
    action = staticmethod(submit_agreement)


class ApproveAgreement(AgreementStep):
    permission = "prices.approve"
    verb = submit_label = "Approve"
    question = "Approve these prices? They apply from now on, in place of the revision before."
    action = staticmethod(approve_agreement)


class ReturnAgreement(AgreementStep):
    permission = "prices.approve"
    verb = submit_label = "Return"
    question = "Give it back as a draft?"
    action = staticmethod(return_agreement)


class CloseAgreement(AgreementStep):
    verb = submit_label = "Close"
    question = "Close it? No new line is priced by it any more; booked lines keep their price."
    is_destructive = True
    action = staticmethod(close_agreement)
