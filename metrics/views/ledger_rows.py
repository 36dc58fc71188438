from typing import Any

from django.db.models import QuerySet

from metrics.filters import LedgerRowFilter
from metrics.tables import LedgerRowTable
from orders.choices import BOOKING_TYPES
from orders.models import OrderLedger
from ui.views.list import ListPage


class LedgerRows(ListPage):
    """The rows behind a figure: order types that book, filtered as the figure was."""

    permission = "reports.view"
    model = OrderLedger
    table_class = LedgerRowTable
    filterset_class = LedgerRowFilter
    heading = "Order ledger rows"
    empty_title = "No ledger row matches"
    empty_text = "Nothing was booked, changed, shipped or billed like this in these days."

    def get_queryset(self) -> QuerySet[Any]:
        rows = OrderLedger.objects.filter(order_type__in=BOOKING_TYPES)
        return rows.select_related("order", "line", "sell_to", "end_buyer", "product")
