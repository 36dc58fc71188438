"""Drafts of orders: gone on with on any machine, listed, thrown away."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from orders.actions.discard_draft import discard_draft
from orders.actions.save_draft import DraftGone
from orders.filters.drafts import DraftFilter
from orders.forms.entry import FIRST_ROWS
from orders.forms.live import form_data
from orders.models import OrderDraft
from orders.tables.drafts import DraftTable
from orders.views.entry.enter import EnterOrder
from ui.views import ConfirmPost, EmptyAction, ListPage


class DraftPage(EnterOrder):
    """The entry page with what the draft holds; its form goes to the entry page. Once entered, the order itself."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        draft = self.shown_draft()
        if draft.order_id is not None:
            return redirect(self.url("orders:order_detail", draft.order_id))
        return self.show(self.sheet(form_data(draft.content, least_rows=FIRST_ROWS)).quietly())

    def shown_draft(self) -> OrderDraft:
        drafts = OrderDraft.objects.select_related("owner__user", "saved_by__user")
        return get_object_or_404(drafts, pk=self.kwargs["pk"])


class DraftList(ListPage):
    permission = "orders.enter"
    model = OrderDraft
    heading = "Drafts"
    table_class = DraftTable
    filterset_class = DraftFilter
    orderings = {"saved": ("saved_at", "pk")}
    default_ordering = "-saved"
    empty_title = "No drafts"
    empty_text = "What is typed on the entry page is kept here until it is entered or discarded."

    def get_queryset(self) -> QuerySet[OrderDraft]:
        rows = OrderDraft.objects.filter(order__isnull=True)
        if self.request.GET.get("whose") != "all":
            rows = rows.filter(owner_id=self.member.pk)
        return rows.select_related("owner__user", "saved_by__user")

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction("Enter order", self.url("orders:order_enter"))]


class DiscardDraft(ConfirmPost):
    permission = "orders.enter"
    heading = "Discard draft"
    submit_label = "Discard it"
    is_destructive = True

    def get_question(self) -> str:
        draft = get_object_or_404(OrderDraft, pk=self.kwargs["pk"])
        lines = "1 line" if draft.line_count == 1 else f"{draft.line_count} lines"
        return f"{draft}: {lines}. What was typed is lost."

    def get_cancel_url(self) -> str:
        return self.url("orders:draft", self.kwargs["pk"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        get_object_or_404(OrderDraft, pk=kwargs["pk"])
        return super().post(request, **kwargs)

    def execute(self, form: Any) -> str:
        try:
            discard_draft(draft_id=self.kwargs["pk"])
        except DraftGone as gone:
            messages.warning(self.request, str(gone))
        else:
            messages.success(self.request, "The draft is discarded.")
        return self.url("orders:draft_list")
