"""Dates of many schedules at once: shown first, then changed, with a result for each.

More than a page can show are changed by a job; what it could not change stands in a file.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from orders.actions.change_dates import DateChange, Outcome, move_requests, set_commits
from orders.actions.change_dates_in_parts import NO_DATE
from orders.actions.context import Occasion
from orders.actions.request_date_changes import COMMIT, REQUEST, request_date_changes
from orders.forms.bulk import CommitsForm, DatesForm, RequestsForm
from orders.models import OrderLine, Schedule
from orders.views.worklists import ScheduleRows
from tenancy.clicks import click_of, once
from ui.bulk import TooMany, chosen, versions_seen
from ui.views import PermittedView
from ui.views.form import UNPROCESSABLE
from ui.views.selection import list_behind

MOST_SHOWN = 200
MOST_CHANGED = 100_000


@dataclass(frozen=True)
class BulkRow:
    schedule: Schedule
    was: dt.date | None
    to: dt.date | None = None
    outcome: Outcome | None = None

    @property
    def key(self) -> str:
        """Schedule and the version of its line, as they were seen."""
        return f"{self.schedule.pk}:{self.schedule.line.version}"


class BulkDates(PermittedView, ABC):
    """Posted to by a list with the rows that were picked, then by its own form."""

    permission = "orders.change"
    http_method_names = ["post"]
    form_class: ClassVar[type[DatesForm]]
    heading: ClassVar[str]
    submit_label: ClassVar[str]
    date_label: ClassVar[str]
    what: ClassVar[str]
    change: ClassVar[Callable[..., list[Outcome]]]

    @abstractmethod
    def was(self, schedule: Schedule) -> dt.date | None:
        """The date that is changed, as it stands."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if "seen" in request.POST:
            return self.carry_out()
        behind = list_behind(request)
        if not isinstance(behind, ScheduleRows):
            messages.error(request, "Open a list and pick the rows there.")
            return redirect(self.url("orders:schedule_list"))
        try:
            ids = behind.selected_schedules(chosen(behind.filtered()[1], request.POST, most=MOST_CHANGED))
        except TooMany as refusal:
            messages.error(request, str(refusal))
            return redirect(behind.request.get_full_path())
        if "many" in request.POST:
            return self.hand_over(ids)
        return self.show_picked(self.form_class(), ids, back=behind.request.get_full_path())

    def show_picked(
        self, form: DatesForm, ids: Sequence[int], *, back: str, status: int = 200, note: str = ""
    ) -> HttpResponse:
        """All of them, or the first of very many."""
        rows = [BulkRow(each, self.was(each)) for each in self.schedules(ids)[:MOST_SHOWN]]
        many = len(ids) if len(ids) > MOST_SHOWN else 0
        return self.show(form, rows, back=back, status=status, many=many, note=note)

    def schedules(self, ids: Sequence[int]) -> list[Schedule]:
        found = Schedule.objects.filter(pk__in=ids).select_related("order", "line__product", "line__end_buyer")
        return list(found.order_by("order_id", "line_id", "number")[:MOST_SHOWN])

    # very many --------------------------------------------------------------------------------------------------

    def hand_over(self, ids: Sequence[int]) -> HttpResponseBase:
        """To a job, when those that match are as many as were shown."""
        form, back = self.form_class(self.request.POST), self.back_address()
        if self.request.POST["many"] != str(len(ids)):
            note = f"The list has changed meanwhile: {len(ids):,} match now. Nothing was changed."
            return self.show_picked(form, ids, back=back, status=UNPROCESSABLE, note=note)
        if not form.is_valid():
            return self.show_picked(form, ids, back=back, status=UNPROCESSABLE)
        lines = OrderLine.objects.filter(schedules__in=ids)
        job = request_date_changes(
            what=self.what,
            seen=dict(lines.values_list("schedules__pk", "version")),
            rule=form.rule(),
            click=str(click_of(self.request.POST)),
            by=self.member,
            occasion=self.occasion(form),
        )
        return redirect(self.url("jobs:job_detail", job.pk))

    # the second step --------------------------------------------------------------------------------------------

    def carry_out(self) -> HttpResponseBase:
        posted = self.request.POST
        form, back = self.form_class(posted), self.back_address()
        seen = versions_seen(posted.getlist("seen")[:MOST_SHOWN])
        rows = [BulkRow(each, self.was(each)) for each in self.schedules(list(seen))]
        if not form.is_valid():
            return self.show(form, rows, back=back, status=UNPROCESSABLE)
        outcomes: dict[int, Outcome] = {}

        def do() -> str:
            outcomes.update(self.outcomes(form, rows, seen))
            return back[:500]

        once(key=click_of(self.request.POST), by=self.member, path=self.request.path, do=do)
        if not outcomes:
            messages.info(self.request, "That was done already.")
            return redirect(back)
        rule = form.rule()
        done = [
            BulkRow(row.schedule, row.was, rule.date_for(row.schedule.request_date, row.was), outcomes[row.schedule.pk])
            for row in rows
        ]
        return self.show(form, done, back=back, is_done=True)

    def outcomes(self, form: DatesForm, rows: Sequence[BulkRow], seen: dict[int, int]) -> dict[int, Outcome]:
        changes, outcomes, rule = [], [], form.rule()
        for row in rows:
            to = rule.date_for(row.schedule.request_date, row.was)
            if to is None:
                outcomes.append(Outcome(row.schedule.pk, is_done=False, refusal=NO_DATE))
                continue
            each = row.schedule
            changes.append(DateChange(each.order_id, each.line_id, each.pk, seen[each.pk], row.was, to))
        outcomes += type(self).change(changes=changes, occasion=self.occasion(form))
        return {outcome.schedule_id: outcome for outcome in outcomes}

    def occasion(self, form: DatesForm) -> Occasion:
        at = self.now()
        return Occasion(by=self.member, at=at, on=self.tenant.today(at), because=form.because())

    def back_address(self) -> str:
        behind = list_behind(self.request)
        return self.url("orders:schedule_list") if behind is None else behind.request.get_full_path()

    def show(
        self,
        form: DatesForm,
        rows: list[BulkRow],
        *,
        back: str,
        is_done: bool = False,
        status: int = 200,
        many: int = 0,
        note: str = "",
    ) -> HttpResponse:
        context = {
            "form": form,
            "rows": rows,
            "many": many,
            "note": note,
            "back": back,
            "click": click_of(self.request.POST),
            "is_done": is_done,
            "done_count": sum(row.outcome.is_done for row in rows if row.outcome),
            "heading": self.heading,
            "date_label": self.date_label,
            "submit_label": self.submit_label,
        }
        return render(self.request, "orders/bulk.html", context, status=status)


class SetCommits(BulkDates):
    form_class = CommitsForm
    heading = "Set commits"
    submit_label = "Promise these dates"
    date_label = "Commit"
    what = COMMIT
    change = staticmethod(set_commits)

    def was(self, schedule: Schedule) -> dt.date | None:
        return schedule.current_commit


class MoveRequests(BulkDates):
    form_class = RequestsForm
    heading = "Move request dates"
    submit_label = "Move them"
    date_label = "Request"
    what = REQUEST
    change = staticmethod(move_requests)

    def was(self, schedule: Schedule) -> dt.date | None:
        return schedule.request_date
