"""Orders through the real actions."""

import datetime as dt
from itertools import count
from typing import Any

from catalog.models import Product
from orders.actions.context import Because, Occasion
from orders.actions.enter_and_book import enter_and_book
from orders.choices import HoldKind, HoldScope, LineStatus
from orders.entry import LineEntry, OrderEntry
from orders.models import Hold, Invoice, Order, OrderLedger, OrderLine, Schedule
from parties.models import Party
from tenancy.models import Member
from tests.fixtures import NOW, TODAY

_serial = count(1)


def occasion(by: Member | None, *, on: dt.date = TODAY, at: dt.datetime = NOW, **because: Any) -> Occasion:
    """`because` takes initiator, reason_code and note."""
    return Occasion(by=by, at=at, on=on, because=Because(**because))


def line_entry(product: Product, quantity: int, **values: Any) -> LineEntry:
    return LineEntry(
        product_id=product.pk,
        quantity=quantity,
        request_date=values.pop("request_date", dt.date(2027, 1, 14)),
        **values,
    )


def order_entry(sell_to: Party, *lines: LineEntry, **values: Any) -> OrderEntry:
    return OrderEntry(
        sell_to_id=sell_to.pk,
        customer_po=values.pop("customer_po", f"PO-{next(_serial)}"),
        order_date=values.pop("order_date", TODAY),
        currency=values.pop("currency", "USD"),
        lines=lines,
        **values,
    )


def book(by: Member, sell_to: Party, *lines: LineEntry, **values: Any) -> Order:
    """A booked order; the test fails when a line is held."""
    result = enter_and_book(entry=order_entry(sell_to, *lines, **values), occasion=occasion(by))
    assert result.held == 0, list(result.order.holds.values_list("kind", "message"))
    return result.order


def bare_order(sell_to: Party, product: Product, **values: Any) -> Order:
    """Rows alone, one open line on hold and its invoice, where prices, terms and ledger do not matter."""
    order = Order.objects.create(
        number=f"SO-26-{next(_serial)}", sell_to=sell_to, bill_to=sell_to, customer_po="PO", customer_po_key="PO",
        currency="USD", order_date=TODAY, entered_at=NOW, hold_count=1, line_count=1, **values,
    )  # fmt: skip
    line = OrderLine.objects.create(
        order=order, line_no=1, product=product, quantity=10, open_qty=10, open_value=1000, unit_price=1,
        status=LineStatus.BOOKED,
    )  # fmt: skip
    Schedule.objects.create(
        order=order, line=line, number=1, quantity=10, open_qty=10, open_value=1000, request_date=TODAY
    )
    Hold.objects.create(
        order=order, line=line, kind=HoldKind.PRICE_DIFFERS, scope=HoldScope.SHIPPING, message="why", placed_at=NOW
    )
    Invoice.objects.create(
        number=f"INV-{order.pk}", order=order, sell_to=sell_to, bill_to=sell_to, currency="USD", invoice_date=TODAY,
        due_date=TODAY, total=0, issued_at=NOW,
    )  # fmt: skip
    return order


def told(order: Order) -> list[tuple[str, int, int]]:
    """(verb, quantity, value) of the order's ledger rows, oldest first."""
    rows = OrderLedger.objects.filter(order=order).order_by("id")
    return list(rows.values_list("verb", "quantity_delta", "value_delta"))
