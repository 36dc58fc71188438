"""The desk's worklists, one list each, and how many rows wait on them."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django_filters import FilterSet

from orders import worklists
from orders.filters.worklists import HoldFilter, MoveFilter, ScheduleFilter
from orders.models import Hold, OrderLedger, Schedule
from orders.tables.worklists import HoldTable, MoveTable, ScheduleTable
from ui.bulk import BulkAction
from ui.keyset import CappedCount, capped_count
from ui.views import ListPage

SCHEDULE_PARTS = ("order__sell_to", "line__product", "line__end_buyer")
DATE_ACTIONS = (
    BulkAction("Set commits…", "orders:bulk_commits", right="orders.change", icon="calendar-days", key="S"),
    BulkAction("Move requests…", "orders:bulk_requests", right="orders.change", icon="arrows-right-left", key="M"),
)


@dataclass(frozen=True)
class Worklist:
    label: str
    href: str
    count: CappedCount
    is_current: bool


class Worklists(ListPage):
    """A list among the worklists, which stand above it as tabs, each with its count."""

    permission = "orders.view"
    template_name = "orders/worklist.html"
    saved_views: ClassVar[tuple[tuple[str, str], ...]] = ()
    explained: ClassVar[str] = ""

    def get_context(self) -> dict[str, Any]:
        return {"sub": self.explained, "worklists": self.worklists()}

    def worklists(self) -> list[Worklist]:
        at = self.now()
        today = self.tenant.today(at)
        rows: list[tuple[str, str, QuerySet[Any]]] = [
            ("Without commit", "orders:work_uncommitted", worklists.without_commit()),
            ("Past due", "orders:work_past_due", worklists.past_due(today)),
            ("Held", "orders:hold_list", worklists.held()),
            ("Requests moved", "orders:work_moved", worklists.requests_moved(at)),
            ("Releases due", "orders:work_releases", worklists.release_due(today)),
        ]
        here = self.request.path
        linked = [(label, self.url(name), found) for label, name, found in rows]
        return [Worklist(label, href, capped_count(found), href == here) for label, href, found in linked]


class ScheduleRows(ListPage):
    """A list whose rows stand for schedules, so that their dates can be changed together."""

    related: ClassVar[tuple[str, ...]] = SCHEDULE_PARTS
    bulk_actions = DATE_ACTIONS
    takes_all = True

    def selected_schedules(self, rows: QuerySet[Any]) -> list[int]:
        return list(rows.order_by().values_list("pk", flat=True))


class HoldList(Worklists):
    model = Hold
    related = SCHEDULE_PARTS
    heading = "Holds"
    explained = "Open holds, oldest first."
    table_class = HoldTable
    filterset_class = HoldFilter
    orderings = {"since": ("pk",)}
    default_ordering = "since"
    empty_title = "Nothing is on hold"
    empty_text = "Whatever a check holds back appears here until somebody releases it or its cause is gone."
    saved_views = (
        ("All", ""),
        ("Price differs", "kind=price_differs"),
        ("No price", "kind=no_price"),
        ("Credit", "kind=credit"),
        ("Terms", "kind=terms"),
    )

    def get_queryset(self) -> QuerySet[Hold]:
        return worklists.held()

    def list_context(self, filterset: FilterSet | None, queryset: QuerySet[Any]) -> dict[str, Any]:
        context = super().list_context(filterset, queryset)
        return {**context, "page_keys": [*context["page_keys"], (("R",), "release the row, or mend its cause")]}


class OpenSchedules(ScheduleRows, Worklists):
    model = Schedule
    table_class = ScheduleTable
    filterset_class = ScheduleFilter
    orderings = {"commit": ("current_commit", "order_id", "pk")}
    default_ordering = "commit"


class WithoutCommit(OpenSchedules):
    heading = "Without commit"
    explained = "Open and promised for no day, the earliest request first."
    orderings = {"request": ("request_date", "pk")}
    default_ordering = "request"
    empty_title = "Everything open is promised"
    empty_text = "A new order waits here until its schedules have a commit."

    def get_queryset(self) -> QuerySet[Schedule]:
        return worklists.without_commit()


class PastDue(OpenSchedules):
    heading = "Past due"
    explained = "Open, and the commit has passed."
    empty_title = "Nothing is late"
    empty_text = "What is open after its commit appears here."

    def get_queryset(self) -> QuerySet[Schedule]:
        return worklists.past_due(self.tenant.today(self.now()))


class ReleasesDue(OpenSchedules):
    heading = "Releases due"
    explained = "Promised for today or earlier, not on a ship request, not held."
    empty_title = "Nothing waits to be released"
    empty_text = "What has to leave today appears here until it stands on a ship request."

    def get_queryset(self) -> QuerySet[Schedule]:
        return worklists.release_due(self.tenant.today(self.now()))


class RequestsMoved(ScheduleRows, Worklists):
    model = OrderLedger
    related = ("schedule", *SCHEDULE_PARTS)
    heading = "Requests moved"
    explained = "In the last 90 days, and no commit has answered them."
    table_class = MoveTable
    filterset_class = MoveFilter
    orderings = {"moved": ("recorded_at", "pk")}
    default_ordering = "-moved"
    empty_title = "Every moved request is answered"
    empty_text = "When a customer moves a date, it appears here until the commit is set anew."

    def get_queryset(self) -> QuerySet[OrderLedger]:
        return worklists.requests_moved(self.now())

    def selected_schedules(self, rows: QuerySet[Any]) -> list[int]:
        return list(rows.order_by().values_list("schedule_id", flat=True))
