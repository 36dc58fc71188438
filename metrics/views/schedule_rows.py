import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify

from metrics.forms import BacklogForm, RowsForm
from metrics.reports.bookings_billings_backlog.due import LATE, UNSCHEDULED
from metrics.schedule_rows import START, Asked, Slice, rows_after
from metrics.tables import BacklogTable, UnbilledTable
from ui.columns import Column
from ui.filters import ActiveFilter, address, day
from ui.tables import Heading, Table, export_rows
from ui.views.access import PermittedView
from ui.views.files import EXPORTS, ExportLink, file_of
from ui.views.list import PAGE_ROWS

UNPROCESSABLE = 422


class ScheduleRows(PermittedView):
    """The schedules that a figure adds up, as they were on its day; an export holds all of them."""

    permission = "reports.view"
    form_class: ClassVar[type[RowsForm]] = RowsForm
    table_class: ClassVar[type[Table]]
    template_name: ClassVar[str] = "metrics/schedule_rows.html"
    statement: ClassVar[str]
    heading: ClassVar[str]
    empty_title: ClassVar[str] = "No schedule matches"
    empty_text: ClassVar[str] = ""

    def get(self, request: HttpRequest, tenant: str) -> HttpResponseBase:
        form = self.form_class(request.GET, today=self.tenant.today(self.now()))
        if not form.is_valid():
            nothing = Slice([], has_more=False, count=0, totals=[])
            return self.show(form, nothing, UNPROCESSABLE)
        asked = self.asked(form)
        if wanted := request.GET.get("export"):
            return self.export(wanted, rows_after(asked).rows)
        return self.show(form, rows_after(asked, self.after(), PAGE_ROWS), 200)

    def asked(self, form: RowsForm) -> Asked:
        typed = form.cleaned_data
        return Asked(
            self.statement,
            typed["as_of"],
            typed["currency"],
            form.filters(),
            self.values(typed),
            self.tenant.currency,
        )

    def values(self, typed: dict[str, Any]) -> dict[str, Any]:
        return {}

    def after(self) -> tuple[dt.date, int]:
        """The place that the page's token names; the start for a damaged one."""
        date, _, number = self.request.GET.get("page", "").partition("_")
        try:
            return dt.date.fromisoformat(date), int(number)
        except ValueError:
            return START

    def show(self, form: RowsForm, found: Any, status: int) -> HttpResponse:
        """`found` is a slice of rows that each have a `sort_date` and a `schedule_id`."""
        params, last = self.request.GET, found.rows[-1] if found.has_more else None
        context = {
            "form": form,
            "heading": self.heading,
            "sub": f"as of {day(form.cleaned_data['as_of'])}" if form.is_valid() else "",
            "table": self.table(found.rows),
            "count": found.count,
            "totals": found.totals,
            "first_page": address(params, page=None) if params.get("page") else "",
            "next_page": address(params, page=f"{last.sort_date.isoformat()}_{last.schedule_id}") if last else "",
            "active_filters": self.active(form),
            "exports": [ExportLink(kind.upper(), address(params, export=kind, page=None)) for kind in EXPORTS],
            "empty_title": self.empty_title,
            "empty_text": self.empty_text,
        }
        return render(self.request, self.template_name, context, status=status)

    def table(self, rows: Sequence[Any]) -> Table:
        columns = self.columns_of(rows)
        headings = [Heading(column.label, column.classes) for column in columns]
        return self.table_class(rows, place=self.place(), columns=columns, headings=headings)

    def columns_of(self, rows: Sequence[Any]) -> tuple[Column, ...]:
        """Those of the page; a file has all."""
        return self.table_class.columns_for(self.member)

    def active(self, form: RowsForm) -> list[ActiveFilter]:
        params = self.request.GET
        given = [(name, params.get(name, "").strip()) for name in form.fields]
        return [
            ActiveFilter(str(form.fields[name].label), form.spelled(name, value), address(params, **{name: None}))
            for name, value in given
            if value
        ]

    def export(self, kind: str, rows: Sequence[Any]) -> HttpResponseBase:
        if kind not in EXPORTS:
            return HttpResponseBadRequest(f"There is no export “{kind[:20]}”: csv or xlsx.", content_type="text/plain")
        columns = self.table_class.columns_for(self.member)
        name = f"{slugify(self.heading)}-{self.tenant.today(self.now())}.{kind}"
        labels = [column.label for column in columns]
        return file_of(kind, name, labels, export_rows(columns, rows), sheet=self.heading)


class Backlog(ScheduleRows):
    """Open schedules at the close of a day, with the dates and amounts of that day."""

    form_class = BacklogForm
    table_class = BacklogTable
    statement = "backlog_schedules"
    heading = "Backlog by schedule"
    empty_text = "Nothing like this was open at the close of that day."

    def values(self, typed: dict[str, Any]) -> dict[str, Any]:
        due, due_to = typed["due"], typed["due_to"]
        if due == LATE:
            before = typed["as_of"] - dt.timedelta(days=1)
            due_to = min(due_to, before) if due_to else before
        return {
            "due_from": typed["due_from"],
            "due_to": due_to,
            "is_unscheduled": due == UNSCHEDULED,
            "is_past_request": due == BacklogForm.PAST_REQUEST,
        }


class Unbilled(ScheduleRows):
    """Schedules of which more has shipped than is billed, or less, at the close of a day."""

    table_class = UnbilledTable
    statement = "unbilled_schedules"
    heading = "Shipped, not billed"
    empty_text = "Everything that had shipped by that day was billed."
