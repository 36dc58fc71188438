from typing import ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from metrics.actions.request_report import request_report
from metrics.forms import ReportForm
from metrics.liability_page.form import LiabilityReportForm
from tenancy.clicks import click_of, once
from ui.views.access import PermittedView


class RequestReport(PermittedView):
    """Have the figures of the page made as a file; the answer is the job's page."""

    permission = "reports.view"
    http_method_names = ("post",)
    report_name: ClassVar[str] = "bookings_billings_backlog"
    form_class: ClassVar[type[ReportForm | LiabilityReportForm]] = ReportForm
    page: ClassVar[str] = "metrics:bookings"

    def post(self, request: HttpRequest, tenant: str) -> HttpResponse:
        form = self.form_class(request.POST, tenant=self.tenant, today=self.tenant.today(self.now()))
        if not form.is_valid():
            messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
            return redirect(self.url(self.page))
        key = click_of(request.POST)
        return redirect(once(key=key, by=self.member, path=request.path, do=lambda: self.ask(form, key)))

    def ask(self, form: ReportForm | LiabilityReportForm, key: UUID) -> str:
        job = request_report(
            name=self.report_name,
            ending=form.cleaned_data["ending"],
            asked=form.asked(),
            click=str(key),
            by=self.member,
            at=self.now(),
        )
        return self.url("jobs:job_detail", job.pk)
