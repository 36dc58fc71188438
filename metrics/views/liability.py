from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_filters import FilterSet

from channel_inventory.models import LiabilityLedger
from channel_inventory.reports.rebate_liability import DoesNotFoot, Report, Section
from metrics.catalogue import liability_of
from metrics.figures_page.days import steps_of
from metrics.liability_page import LiabilityPage
from metrics.liability_page.drill import LiabilityDrill
from metrics.liability_page.form import LiabilityForm, LiabilityReportForm
from metrics.liability_page.rows import LiabilityRowFilter, LiabilityRowTable, totals_of
from metrics.views.asked import AskedPage
from metrics.views.request_report import RequestReport
from tenancy.rights import SEE_COST
from ui.views.list import ListPage

UNPROCESSABLE = 422


class Liability(AskedPage):
    """The liability as of any day: what is estimated, claimed, settled and recoverable, by whom and for what."""

    permission = "channel.view"
    filters = ("partner", "kind", "end_buyer", "agreement", "product", "known_on")

    def get(self, request: HttpRequest, tenant: str) -> HttpResponse:
        form = LiabilityForm(request.GET, tenant=self.tenant, today=self.tenant.today(self.now()))
        if not form.is_valid():
            return self.show(form, {}, UNPROCESSABLE)
        try:
            report = liability_of(self.tenant, form.asked())
        except DoesNotFoot as error:
            return self.show(form, {"does_not_foot": str(error)}, 200)
        return self.show(form, self.context(form, report), 200)

    def show(self, form: LiabilityForm, context: dict[str, Any], status: int) -> HttpResponse:
        page = {"form": form, "click": uuid4(), "given": self.given(form), **context}
        return render(self.request, "metrics/liability.html", page, status=status)

    def context(self, form: LiabilityForm, report: Report) -> dict[str, Any]:
        section, question = chosen(report, form.cleaned_data["currency"]), report.question
        drill = LiabilityDrill.of(section, question, self.tenant.slug, self.narrowed(form))
        href = f"?{urlencode(self.given(form))}"
        return {
            "report": report,
            "question": question,
            "choices": [(each.currency, each is section) for each in report.sections if len(report.sections) > 1],
            "stated": [("As of", f"{question.as_of:%d %b %Y}"), ("Movements from", f"{question.first:%d %b %Y}")],
            "active": self.active(form),
            "steps": steps_of(self.tenant, question.as_of, form.today, self.params),
            "page": LiabilityPage(section, drill, href, sees_cost=self.member.may(SEE_COST)),
        }


def chosen(report: Report, currency: str) -> Section:
    """The section asked for, else that of the tenant's own currency, else the first."""
    for wanted in (currency, report.tenant.currency):
        for section in report.sections:
            if section.currency == wanted:
                return section
    return report.sections[0]


class RequestLiability(RequestReport):
    """Have the liability of the page made as a file."""

    permission = "channel.view"
    report_name = "rebate_liability"
    form_class = LiabilityReportForm
    page = "metrics:liability"


class LiabilityRows(ListPage):
    """The rows behind a figure of the liability, and what they add up to."""

    permission = "channel.view"
    model = LiabilityLedger
    table_class = LiabilityRowTable
    filterset_class = LiabilityRowFilter
    heading = "Liability ledger rows"
    related = ("partner", "end_buyer", "product", "agreement", "claim_line__claim", "credit", "actor__user")
    empty_title = "No ledger row matches"
    empty_text = "Nothing was accrued, approved or settled like this in these days."

    def list_context(self, filterset: FilterSet | None, queryset: QuerySet[Any]) -> dict[str, Any]:
        """The sum is told where a last day is given: over the whole ledger nobody asks for it."""
        context = super().list_context(filterset, queryset)
        if self.request.GET.get("last") and context["page"].rows:
            totals = totals_of(queryset, self.request.GET.get("bucket", ""))
            context |= {"totals": totals, "totals_template": "ui/_totals.html"}
        return context
