from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from metrics.catalogue import question_of
from metrics.drill import Drill
from metrics.figures_page import FiguresPage
from metrics.figures_page.days import steps_of
from metrics.forms import FiguresForm
from metrics.reports.bookings_billings_backlog import DoesNotFoot, Report, Section, bookings_billings_backlog
from metrics.reports.bookings_billings_backlog.span import Span
from metrics.reports.bookings_billings_backlog.tops import TOP
from metrics.views.asked import AskedView, days
from ui.filters import address

UNPROCESSABLE = 422
SHOWN_KEYS = 25
MEMBERS = 500
CONVERTED = "all"


class Bookings(AskedView):
    """Bookings, billings and backlog of a period, from the snapshot and the ledger rows recorded since."""

    permission = "reports.view"
    saved_views = (("This period", ""),)
    filters = ("sell_to", "end_buyer", "family", "product")

    def get(self, request: HttpRequest, tenant: str) -> HttpResponse:
        if wanted := self.wanted_view():
            return redirect(f"{request.path}?{wanted.query or 'view=all'}")
        form = FiguresForm(request.GET, tenant=self.tenant, today=self.tenant.today(self.now()))
        if not form.is_valid():
            return self.show(form, {}, UNPROCESSABLE)
        question = question_of(self.tenant, form.asked(), SHOWN_KEYS)
        try:
            members = MEMBERS if form.shows_all else TOP
            report = bookings_billings_backlog(self.tenant, question, members=members)
        except DoesNotFoot as error:
            return self.show(form, {"question": question, "does_not_foot": str(error)}, 200)
        return self.show(form, self.context(form, report), 200)

    def show(self, form: FiguresForm, context: dict[str, Any], status: int) -> HttpResponse:
        page = {**self.views_context(), "form": form, "click": uuid4(), "given": self.given(form), **context}
        return render(self.request, "metrics/bookings.html", page, status=status)

    def context(self, form: FiguresForm, report: Report) -> dict[str, Any]:
        section = chosen(report, form.cleaned_data["currency"])
        question = report.question
        context = {
            "report": report,
            "question": question,
            "run": report.coverage.run,
            "choices": choices(report, section),
            "stated": [
                ("Period", days(question.first, question.as_of)),
                ("Compared with", days(report.compared.first, report.compared.last)),
            ],
            "active": self.active(form),
            "steps": steps_of(self.tenant, question.as_of, form.today, self.params),
            "all_members": "" if form.shows_all else address(self.params, members="all"),
        }
        if section is None:
            return context
        drill = Drill.of(section, self.tenant.slug, Span(question.first, question.as_of), self.narrowed(form))
        href = "?" + urlencode([(name, value) for name, value in self.given(form) if name != "members"])
        return {**context, "page": FiguresPage(section, drill, drill.over(report.compared), href)}


def chosen(report: Report, currency: str) -> Section | None:
    """The section asked for; else the one that stands for all, else the first."""
    for section in report.sections:
        if section.currency == currency:
            return section
    return report.main or next(iter(report.sections), None)


def choices(report: Report, section: Section | None) -> list[tuple[str, str, bool]]:
    """(value, label, is it shown) where there is more than one currency."""
    if len(report.sections) < 2:
        return []
    found = [(each.currency, each.currency, each is section) for each in report.sections]
    if report.reporting:
        found.insert(0, (CONVERTED, f"all, in {report.reporting.currency}", section is report.reporting))
    return found
