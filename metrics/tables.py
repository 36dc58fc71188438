from decimal import Decimal

from orders.models import OrderLedger
from ui.columns import Column, Date, Figure, Instant
from ui.tables import Table
from values.money import from_minor


def value_of(row: OrderLedger) -> Decimal:
    return from_minor(row.value_delta, row.currency)


def open_value_of(row: OrderLedger) -> Decimal:
    return from_minor(row.open_value, row.currency)


class LedgerRowTable(Table):
    caption = "Order ledger rows"
    columns = (
        Column("Row", "pk", css="num", sort="number"),
        Date("Business date", "business_date"),
        Column("What", "get_verb_display"),
        Column("Order", "order.number"),
        Column("Line", "line.line_no", css="num"),
        Column("Sell-to", "sell_to.name"),
        Column("End buyer", "end_buyer.name"),
        Column("Product", "product.sku"),
        Figure("Quantity", "quantity_delta"),
        Figure("Value", value_of),
        Column("Currency", "currency"),
        Figure("Open quantity after", "open_qty"),
        Figure("Open value after", open_value_of),
        Date("From date", "from_date"),
        Date("To date", "to_date"),
        Column("By", "get_initiator_display"),
        Column("Reason", "reason_code"),
        Column("Note", "note"),
        Instant("Recorded", "recorded_at"),
    )
