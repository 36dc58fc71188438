"""The ledger rows of one order as they are written, behind each sentence of its story."""

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from orders.choices import Verb
from orders.models import Order, OrderLedger
from orders.views.detail.tabs import tabs_of
from ui.columns import Column, Date, Figure, Instant, ShortDate
from ui.tables import Table
from ui.views import ListPage
from values.money import format_price, from_minor


class NumbersFilter(django_filters.BaseInFilter, django_filters.NumberFilter):
    """Several numbers with commas between."""


class OrderLedgerFilter(django_filters.FilterSet):
    rows = NumbersFilter(field_name="pk", lookup_expr="in", label="Rows", help_text="Numbers with commas between.")
    line = django_filters.NumberFilter(field_name="line__line_no", label="Line")
    verb = django_filters.MultipleChoiceFilter(
        choices=Verb, label="Verb", widget=forms.CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = OrderLedger
        fields: tuple[str, ...] = ()


class OrderLedgerTable(Table):
    caption = "Ledger rows of this order"
    columns = (
        Figure("Row", "pk", sort="number"),
        Date("Business date", "business_date"),
        Column("What", "get_verb_display"),
        Column("Schedule", lambda row: f"{row.line.line_no}.{row.schedule.number}"),
        Figure("Quantity", "quantity_delta"),
        Figure("Value", lambda row: from_minor(row.value_delta, row.currency)),
        Figure("Open after", "open_qty"),
        Figure("Open value after", lambda row: from_minor(row.open_value, row.currency)),
        Column("Price", lambda row: format_price(row.unit_price, row.currency), css="num"),
        ShortDate("From", "from_date"),
        ShortDate("To", "to_date"),
        Column("Wish of", "get_initiator_display", is_extra=True),
        Column("Reason", "reason_code"),
        Column("Note", "note", css="wrapped"),
        Column("By", "actor.user", css="name"),
        Instant("Recorded", "recorded_at", is_extra=True),
    )


class OrderLedgerRows(ListPage):
    permission = "orders.view"
    model = OrderLedger
    table_class = OrderLedgerTable
    filterset_class = OrderLedgerFilter
    template_name = "orders/ledger.html"
    empty_title = "No ledger row matches"
    empty_text = "What is not booked has no rows yet."

    @cached_property
    def order(self) -> Order:
        return get_object_or_404(Order, pk=self.kwargs["pk"])

    def get_heading(self) -> str:
        return f"Ledger of {self.order.number}"

    def get_context(self) -> dict[str, Any]:
        return {"order": self.order, "order_tabs": tabs_of(self.order, self)}

    def get_queryset(self) -> QuerySet[Any]:
        rows = OrderLedger.objects.filter(order=self.order)
        return rows.select_related("line", "schedule", "actor__user")
