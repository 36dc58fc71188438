"""Dates of many schedules at once: shown first, then changed one by one, with a result for each."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from orders.actions.change_dates import DateChange, Outcome, move_requests, set_commits
from orders.actions.context import Occasion
from orders.forms.bulk import CommitsForm, DatesForm, RequestsForm
from orders.models import Schedule
from orders.views.worklists import ScheduleRows
from tenancy.clicks import once
from ui.bulk import TooMany, chosen
from ui.views import PermittedView
from ui.views.form import KEY_FIELD, UNPROCESSABLE
from ui.views.selection import list_behind

MOST_SCHEDULES = 200
NO_DATE = "It has no date to count from."


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
            ids = behind.selected_schedules(chosen(behind.filtered()[1], request.POST, most=MOST_SCHEDULES))
        except TooMany as refusal:
            messages.error(request, str(refusal))
            return redirect(behind.request.get_full_path())
        rows = [BulkRow(each, self.was(each)) for each in self.schedules(ids)]
        return self.show(self.form_class(), rows, back=behind.request.get_full_path())

    def schedules(self, ids: Sequence[int]) -> list[Schedule]:
        found = Schedule.objects.filter(pk__in=ids).select_related("order", "line__product", "line__end_buyer")
        return list(found.order_by("order_id", "line_id", "number"))

    # the second step --------------------------------------------------------------------------------------------

    def carry_out(self) -> HttpResponseBase:
        posted = self.request.POST
        form, back = self.form_class(posted), self.back_address()
        seen = versions_seen(posted.getlist("seen")[:MOST_SCHEDULES])
        rows = [BulkRow(each, self.was(each)) for each in self.schedules(list(seen))]
        if not form.is_valid():
            return self.show(form, rows, back=back, status=UNPROCESSABLE)
        outcomes: dict[int, Outcome] = {}

        def do() -> str:
            outcomes.update(self.outcomes(form, rows, seen))
            return back[:500]

        once(key=self.click(), by=self.member, path=self.request.path, do=do)
        if not outcomes:
            messages.info(self.request, "That was done already.")
            return redirect(back)
        done = [BulkRow(row.schedule, row.was, form.date_for(row.schedule, row.was), outcomes[row.schedule.pk])
                for row in rows]  # fmt: skip
        return self.show(form, done, back=back, is_done=True)

    def outcomes(self, form: DatesForm, rows: Sequence[BulkRow], seen: dict[int, int]) -> dict[int, Outcome]:
        changes, outcomes = [], []
        for row in rows:
            to = form.date_for(row.schedule, row.was)
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

    def click(self) -> UUID:
        try:
            return UUID(self.request.POST.get(KEY_FIELD, ""))
        except ValueError:
            return uuid4()

    def back_address(self) -> str:
        behind = list_behind(self.request)
        return self.url("orders:schedule_list") if behind is None else behind.request.get_full_path()

    def show(
        self, form: DatesForm, rows: list[BulkRow], *, back: str, is_done: bool = False, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "rows": rows,
            "back": back,
            "click": self.click(),
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
    change = staticmethod(set_commits)

    def was(self, schedule: Schedule) -> dt.date | None:
        return schedule.current_commit


class MoveRequests(BulkDates):
    form_class = RequestsForm
    heading = "Move request dates"
    submit_label = "Move them"
    date_label = "Request"
    change = staticmethod(move_requests)

    def was(self, schedule: Schedule) -> dt.date | None:
        return schedule.request_date


def versions_seen(texts: Sequence[str]) -> dict[int, int]:
    """`12:3` is schedule 12 of a line at version 3; anything else is left out."""
    found = {}
    for text in texts:
        pk, _, version = text.partition(":")
        if pk.isdecimal() and version.isdecimal() and len(text) <= 30:
            found[int(pk)] = int(version)
    return found
