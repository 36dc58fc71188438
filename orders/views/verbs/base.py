"""What all verb pages share: the rows they are about, the occasion, and what a second person sees."""

import datetime as dt
from abc import abstractmethod
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.safestring import SafeString

from orders.actions.context import Because, Occasion
from orders.engine.state import VerbRefused
from orders.forms.verbs import VersionForm
from orders.locks import StaleVersion
from orders.models import Order, OrderLedger, OrderLine, Schedule
from tenancy.clicks import KEY_FIELD
from ui.figures import EMPTY, figure
from ui.views import Compared, FormPage, conflict_response

NOT_TYPED = ("csrfmiddlewaretoken", KEY_FIELD, "version")


class OrderVerb(FormPage):
    """A verb of a whole order. `act` calls the action; the version on the form guards against a lost edit."""

    permission = "orders.change"
    template_name = "orders/verb.html"
    refusals: ClassVar[tuple[type[Exception], ...]] = (VerbRefused,)
    form: Any = None

    @cached_property
    def order(self) -> Order:
        return get_object_or_404(Order.objects.select_related("sell_to"), pk=self.kwargs["pk"])

    # what a verb says itself ------------------------------------------------------------------------------------

    @abstractmethod
    def act(self, typed: dict[str, Any], occasion: Occasion) -> None:
        """Call the action with what was typed."""

    def current(self) -> dict[str, Any]:
        """What the form's own fields hold now: to start with, and to compare with in a conflict."""
        return {}

    def version(self) -> int:
        return self.order.version

    def about(self) -> str:
        return f"Order {self.order.number}"

    def last_row(self) -> OrderLedger | None:
        return self.ledger().order_by("-id").first()

    def ledger(self) -> Any:
        return OrderLedger.objects.filter(order=self.order).select_related("actor__user")

    # how it runs ------------------------------------------------------------------------------------------------

    def get_form(self, **kwargs: Any) -> Any:
        self.form = super().get_form(**kwargs)
        return self.form

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.version(), **self.current()}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, **kwargs)
        except StaleVersion:
            return self.conflict()

    def execute(self, form: Any) -> str:
        self.act(form.cleaned_data, self.occasion(form))
        return self.get_cancel_url()

    def occasion(self, form: Any) -> Occasion:
        at = self.now()
        because = form.because() if hasattr(form, "because") else Because(note=form.cleaned_data.get("reason", ""))
        return Occasion(by=self.member, at=at, on=self.tenant.today(at), because=because)

    def get_cancel_url(self) -> str:
        return self.url("orders:order_detail", self.order.pk)

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"crumbs": self.crumbs(), "sub": self.about(), "order": self.order, "facts": self.facts()}

    def crumbs(self) -> SafeString:
        orders, order = self.url("orders:order_list"), self.get_cancel_url()
        return format_html('<a href="{}">Orders</a> / <a href="{}">{}</a>', orders, order, self.order.number)

    def facts(self) -> list[tuple[str, str]]:
        return [("Sell-to", self.order.sell_to.name), ("Customer PO", self.order.customer_po)]

    # two people, one row ----------------------------------------------------------------------------------------

    def conflict(self) -> HttpResponse:
        """Mine beside theirs; mine can be saved over it, with everything that was typed."""
        self.forget()
        typed = {name: value for name, value in self.request.POST.items() if name not in NOT_TYPED}
        return conflict_response(
            self.request,
            what=self.about(),
            rows=self.compared(),
            theirs_label=self.theirs(),
            back_url=self.get_cancel_url(),
            retry={**typed, "version": str(self.version()), KEY_FIELD: str(uuid4())},
        )

    def forget(self) -> None:
        """Read the rows anew."""
        for name in ("order", "line", "schedule"):
            self.__dict__.pop(name, None)

    def compared(self) -> list[Compared]:
        form: VersionForm = self.form
        now = self.current()
        rows = [
            Compared(str(form.fields[name].label), spelled(form.cleaned_data.get(name)), spelled(now.get(name)))
            for name in form.changes
        ]
        return [*rows, Compared("Version", str(form.cleaned_data["version"]), str(self.version()))]

    def theirs(self) -> str:
        row = self.last_row()
        if row is None:
            return "As it is now"
        who = str(row.actor.user) if row.actor else "the program"
        return f"{row.get_verb_display()} by {who}, {row.recorded_at.astimezone(self.tenant.zone):%d %b %H:%M}"


class LineVerb(OrderVerb):
    @cached_property
    def line(self) -> OrderLine:
        lines = OrderLine.objects.select_related("product", "end_buyer", "ship_to__party")
        return get_object_or_404(lines, pk=self.kwargs["line"], order_id=self.kwargs["pk"])

    def version(self) -> int:
        return self.line.version

    def about(self) -> str:
        return f"Line {self.line.line_no}, {self.line.product.sku}"

    def ledger(self) -> Any:
        return super().ledger().filter(line=self.line)

    def facts(self) -> list[tuple[str, str]]:
        line = self.line
        return [
            ("Part", line.product.sku),
            ("End buyer", line.end_buyer.name if line.end_buyer else EMPTY),
            ("Quantity", figure(line.quantity)),
            ("Open", figure(line.open_qty)),
            ("State", line.get_status_display()),
        ]


class ScheduleVerb(LineVerb):
    @cached_property
    def schedule(self) -> Schedule:
        schedules = Schedule.objects.select_related("line__product", "line__end_buyer")
        return get_object_or_404(schedules, pk=self.kwargs["schedule"], order_id=self.kwargs["pk"])

    @cached_property
    def line(self) -> OrderLine:
        return self.schedule.line

    def about(self) -> str:
        return f"Schedule {self.line.line_no}.{self.schedule.number}, {self.line.product.sku}"

    def facts(self) -> list[tuple[str, str]]:
        schedule = self.schedule
        return [
            ("Part", self.line.product.sku),
            ("Quantity", figure(schedule.quantity)),
            ("Open", figure(schedule.open_qty)),
            ("Request", spelled(schedule.request_date)),
            ("First commit", spelled(schedule.first_commit)),
            ("Commit", spelled(schedule.current_commit)),
        ]


def spelled(value: Any) -> str:
    """A typed value and a stored one spelled alike."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, dt.date):
        return f"{value:%d %b %Y}"
    if isinstance(value, Decimal):
        return figure(value.normalize()) if value == value.to_integral() else figure(value).rstrip("0")
    return figure(value) if isinstance(value, int) else str(value)
