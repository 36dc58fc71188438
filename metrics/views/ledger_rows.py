from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet

from metrics.filters import LedgerRowFilter
from metrics.ledger_sums import totals_of
from metrics.tables import LedgerRowTable
from orders.choices import BOOKING_TYPES, DATE_VERBS
from orders.models import OrderLedger
from ui.columns import Column
from ui.views.list import ListPage

OF_MOVES = ("from", "to")


class LedgerRows(ListPage):
    """The rows behind a figure: order types that book, filtered as the figure was, and what they add up to.

    The sum is told where days are given: over the whole ledger nobody asks for it, and it would take its time.
    """

    permission = "reports.view"
    model = OrderLedger
    table_class = LedgerRowTable
    filterset_class = LedgerRowFilter
    heading = "Order ledger rows"
    related = ("order", "line", "sell_to", "end_buyer", "product", "tenant")
    empty_title = "No ledger row matches"
    empty_text = "Nothing was booked, changed, shipped or billed like this in these days."

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Without those of date moves where rows of other verbs alone are asked for."""
        columns = super().columns
        if self.request.GET.getlist("cols") or self.has_moves():
            return columns
        return tuple(column for column in columns if column.key not in OF_MOVES)

    def has_moves(self) -> bool:
        verbs = self.request.GET.getlist("verb")
        return not verbs or any(verb in DATE_VERBS for verb in verbs)

    def get_queryset(self) -> QuerySet[Any]:
        return OrderLedger.objects.filter(order_type__in=BOOKING_TYPES)

    def list_context(self, filterset: FilterSet | None, queryset: QuerySet[Any]) -> dict[str, Any]:
        context = super().list_context(filterset, queryset)
        is_bounded = bool(self.request.GET.get("first") or self.request.GET.get("order"))
        if is_bounded and context["page"].rows:
            totals = totals_of(queryset, self.tenant.currency, has_moves=self.has_moves())
            context |= {"totals": totals, "totals_template": "ui/_totals.html"}
        return context
