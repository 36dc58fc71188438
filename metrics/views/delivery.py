from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from metrics.catalogue import delivery_question_of
from metrics.delivery_page import DeliveryPage
from metrics.delivery_page.drill import Drill
from metrics.delivery_page.forms import DeliveryForm, DeliveryReportForm, DeliveryRowsForm
from metrics.delivery_page.rows import Found, found_by
from metrics.delivery_page.table import DeliveryTable
from metrics.figures_page.days import steps_of
from metrics.reports.bookings_billings_backlog.span import Span
from metrics.reports.delivery_performance import Report, delivery_performance
from metrics.reports.delivery_performance.figures import BASIS_NAMES, CURRENT
from metrics.views.asked import AskedView, days
from metrics.views.request_report import RequestReport
from metrics.views.schedule_rows import UNPROCESSABLE, ScheduleRows
from ui.columns import Column
from ui.filters import address
from ui.views.list import PAGE_ROWS

WORST = 8


class Delivery(AskedView):
    """How reliably dates were kept: rates on three bases, their trend, and who was served how."""

    permission = "reports.view"
    saved_views = (("This period", ""),)
    filters = ("sell_to", "end_buyer", "family", "product", "site", "supplier")

    def get(self, request: HttpRequest, tenant: str) -> HttpResponse:
        if wanted := self.wanted_view():
            return redirect(f"{request.path}?{wanted.query or 'view=all'}")
        form = DeliveryForm(request.GET, tenant=self.tenant, today=self.tenant.today(self.now()))
        if not form.is_valid():
            return self.show(form, {}, UNPROCESSABLE)
        question = delivery_question_of(self.tenant, form.asked())
        return self.show(form, self.context(form, delivery_performance(self.tenant, question, worst=WORST)), 200)

    def show(self, form: DeliveryForm, context: dict[str, Any], status: int) -> HttpResponse:
        page = {**self.views_context(), "form": form, "click": uuid4(), "given": self.given(form), **context}
        return render(self.request, "metrics/delivery.html", page, status=status)

    def context(self, form: DeliveryForm, report: Report) -> dict[str, Any]:
        question = report.question
        span = Span(question.first, question.as_of)
        drill = Drill(self.tenant.slug, question.as_of, span, tuple(self.narrowed(form)))
        href = "?" + urlencode([(name, value) for name, value in self.given(form) if name != "members"])
        return {
            "report": report,
            "question": question,
            "page": DeliveryPage(report, drill, href, shows_all=form.shows_all),
            "stated": [
                ("Period", days(question.first, question.as_of)),
                ("Compared with", days(report.compared.first, report.compared.last)),
            ],
            "active": self.active(form),
            "steps": steps_of(self.tenant, question.as_of, form.today, self.params),
            "all_members": "" if form.shows_all else address(self.params, members="all"),
        }


class DeliveryRows(ScheduleRows):
    """The schedules that a figure of delivery performance counts; an export holds all of them."""

    form_class = DeliveryRowsForm
    table_class = DeliveryTable
    template_name = "metrics/delivery_rows.html"
    heading = "Delivery by schedule"
    empty_text = "No date of this kind fell into these days."

    def get(self, request: HttpRequest, tenant: str) -> HttpResponseBase:
        form = DeliveryRowsForm(request.GET, today=self.tenant.today(self.now()))
        if not form.is_valid():
            return self.show(form, Found(), UNPROCESSABLE)
        if wanted := request.GET.get("export"):
            return self.export(wanted, found_by(form).rows)
        return self.show(form, found_by(form, self.after(), PAGE_ROWS), 200)

    def columns_of(self, rows: Sequence[Any]) -> tuple[Column, ...]:
        """Unless dates of the page were converted, the date of the basis is the one counted on."""
        columns = super().columns_of(rows)
        if any(row.is_converted for row in rows):
            return columns
        said = ("Converted", BASIS_NAMES.get(self.request.GET.get("basis") or CURRENT, ""))
        return tuple(column for column in columns if column.label not in said)


class RequestDelivery(RequestReport):
    """Have the figures of the page made as a file."""

    report_name = "delivery_performance"
    form_class = DeliveryReportForm
    page = "metrics:delivery"
