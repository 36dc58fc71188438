from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet

from metrics.filters import LedgerRowFilter
from metrics.ledger_sums import totals_of
from metrics.tables import LedgerRowTable
from orders.choices import BOOKING_TYPES, DATE_VERBS
from orders.models import OrderLedger
from ui.views.list import ListPage


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

    def get_queryset(self) -> QuerySet[Any]:
        return OrderLedger.objects.filter(order_type__in=BOOKING_TYPES)

    def list_context(self, filterset: FilterSet | None, queryset: QuerySet[Any]) -> dict[str, Any]:
        context = super().list_context(filterset, queryset)
        is_bounded = bool(self.request.GET.get("first") or self.request.GET.get("order"))
        if is_bounded and context["page"].rows:
            verbs = self.request.GET.getlist("verb")
            has_moves = not verbs or any(verb in DATE_VERBS for verb in verbs)
            totals = totals_of(queryset, self.tenant.currency, has_moves=has_moves)
            context |= {"totals": totals, "totals_template": "ui/_totals.html"}
        return context
