from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_filters import FilterSet

from channel_inventory.models import LiabilityLedger
from channel_inventory.reports.rebate_liability import DoesNotFoot, Report, Section
from metrics.actions.request_report import request_report
from metrics.catalogue import liability_of
from metrics.figures_page.days import steps_of
from metrics.liability_page import LiabilityPage
from metrics.liability_page.drill import LiabilityDrill
from metrics.liability_page.form import LiabilityForm, LiabilityReportForm
from metrics.liability_page.rows import LiabilityRowFilter, LiabilityRowTable, totals_of
from tenancy.clicks import click_of, once
from tenancy.rights import SEE_COST
from ui.filters import ActiveFilter, address
from ui.views.access import PermittedView
from ui.views.list import ListPage

NAME = "rebate_liability"
UNPROCESSABLE = 422
FILTERS = ("partner", "kind", "end_buyer", "agreement", "product", "known_on")


class Liability(PermittedView):
    """The liability as of any day: what is estimated, claimed, settled and recoverable, by whom and for what."""

    permission = "channel.view"

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
        filters = [(name, value) for name, value in self.given(form) if name in FILTERS]
        drill = LiabilityDrill.of(section, question, self.tenant.slug, filters)
        href = f"?{urlencode(self.given(form))}"
        return {
            "report": report,
            "question": question,
            "choices": [(each.currency, each is section) for each in report.sections if len(report.sections) > 1],
            "active": self.active(form),
            "steps": steps_of(self.tenant, question.as_of, form.today, self.request.GET),
            "page": LiabilityPage(section, drill, href, sees_cost=self.member.may(SEE_COST)),
        }

    def given(self, form: LiabilityForm) -> list[tuple[str, str]]:
        """What was asked for, as it came, for links and for the report's form."""
        found = ((name, self.request.GET.get(name, "").strip()) for name in form.fields)
        return [(name, value) for name, value in found if value]

    def active(self, form: LiabilityForm) -> list[ActiveFilter]:
        typed = form.cleaned_data
        return [
            ActiveFilter(str(form.fields[name].label), str(typed[name]), address(self.request.GET, **{name: None}))
            for name in FILTERS
            if typed[name]
        ]


def chosen(report: Report, currency: str) -> Section:
    """The section asked for, else that of the tenant's own currency, else the first."""
    for wanted in (currency, report.tenant.currency):
        for section in report.sections:
            if section.currency == wanted:
                return section
    return report.sections[0]


class RequestLiability(PermittedView):
    """Have the liability of the page made as a file; the answer is the job's page."""

    permission = "channel.view"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, tenant: str) -> HttpResponse:
        form = LiabilityReportForm(request.POST, tenant=self.tenant, today=self.tenant.today(self.now()))
        if not form.is_valid():
            messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
            return redirect(self.url("metrics:liability"))
        key = click_of(request.POST)
        return redirect(once(key=key, by=self.member, path=request.path, do=lambda: self.ask(form, key)))

    def ask(self, form: LiabilityReportForm, key: UUID) -> str:
        ending = form.cleaned_data["ending"]
        job = request_report(
            name=NAME, ending=ending, asked=form.asked(), click=str(key), by=self.member, at=self.now()
        )
        return self.url("jobs:job_detail", job.pk)


class LiabilityRows(ListPage):
    """The rows behind a figure of the liability, and what they add up to."""

    permission = "channel.view"
    model = LiabilityLedger
    table_class = LiabilityRowTable
    filterset_class = LiabilityRowFilter
    heading = "Liability ledger rows"
    empty_title = "No ledger row matches"
    empty_text = "Nothing was accrued, approved or settled like this in these days."

    def get_queryset(self) -> QuerySet[Any]:
        return LiabilityLedger.objects.select_related(
            "partner", "end_buyer", "product", "agreement", "claim_line__claim", "credit", "actor__user"
        )

    def list_context(self, filterset: FilterSet | None, queryset: QuerySet[Any]) -> dict[str, Any]:
        """The sum is told where a last day is given: over the whole ledger nobody asks for it."""
        context = super().list_context(filterset, queryset)
        if self.request.GET.get("last") and context["page"].rows:
            totals = totals_of(queryset, self.request.GET.get("bucket", ""))
            context |= {"totals": totals, "totals_template": "ui/_totals.html"}
        return context
