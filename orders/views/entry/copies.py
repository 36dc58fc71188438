"""An order taken again: what a draft starts with when it is copied from an order."""

from datetime import date

from orders.entry.draft import HEADER, ROWS, Content
from orders.filters.orders import numbers_meant
from orders.forms.entry import MOST_ROWS
from orders.lookup import place_code
from orders.models import Order, OrderLine


def find_order(number: str) -> Order | None:
    """By its number, or by the last part of it: the newest then."""
    orders = Order.objects.filter(number__in=numbers_meant(number))
    return (
        orders.select_related("sell_to", "bill_to", "default_end_buyer", "default_ship_to__party")
        .order_by("-pk")
        .first()
    )


def copy_of(order: Order, today: date) -> Content:
    """Who, what and where to. Its PO number, its dates and what was agreed by hand are its own."""
    header = {
        "sell_to": order.sell_to.code,
        "order_date": f"{today:%d %b %Y}",
        "order_type": order.order_type,
        "currency": order.currency,
        "bill_to": order.bill_to.code if order.bill_to_id != order.sell_to_id else "",
        "default_end_buyer": order.default_end_buyer.code if order.default_end_buyer else "",
        "default_ship_to": place_code(order.default_ship_to) if order.default_ship_to else "",
    }
    lines = order.lines.select_related("product", "end_buyer", "ship_to__party").order_by("line_no")[:MOST_ROWS]
    return {HEADER: filled(header), ROWS: [filled(row_of(line, order)) for line in lines]}


def row_of(line: OrderLine, order: Order) -> dict[str, str]:
    """What the header says already is left to it."""
    return {
        "part": line.customer_part or line.product.sku,
        "quantity": f"{line.quantity:,}",
        "end_buyer": line.end_buyer.code if line.end_buyer and line.end_buyer_id != order.default_end_buyer_id else "",
        "ship_to": place_code(line.ship_to) if line.ship_to and line.ship_to_id != order.default_ship_to_id else "",
        "cited_agreement": line.cited_agreement,
        "project": line.project,
    }


def filled(values: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in values.items() if text}
