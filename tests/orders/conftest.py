import datetime as dt

import pytest
from django.db import connection

from orders.models import Order, OrderLedger, OrderLine, Schedule
from tests.fixtures import NOW, TODAY


@pytest.fixture
def desk_client(client, world):
    client.force_login(world.by.user)
    return client


@pytest.fixture
def thousands(world):
    """1,500 orders of four schedules each: a tenth open, one in twenty of these without commit; moves of the open."""
    orders = Order.objects.bulk_create(
        Order(
            number=f"SO-26-9{number:05}", sell_to=world.sell_to, bill_to=world.sell_to, customer_po="PO",
            customer_po_key="PO", currency="USD", order_date=TODAY, entered_at=NOW, status="booked",
        )
        for number in range(1500)
    )  # fmt: skip
    lines = OrderLine.objects.bulk_create(
        OrderLine(order=order, line_no=1, product=world.product, quantity=20, unit_price=1, status="booked")
        for order in orders
    )
    days = [TODAY + dt.timedelta(days=number % 400 - 380) for number in range(6000)]
    made = Schedule.objects.bulk_create(
        Schedule(
            order_id=lines[number // 4].order_id, line=lines[number // 4], number=number % 4 + 1, quantity=5,
            open_qty=5 * (number % 10 == 0), request_date=day, current_commit=None if number % 200 == 0 else day,
        )
        for number, day in enumerate(days)
    )  # fmt: skip
    OrderLedger.objects.bulk_create(
        OrderLedger(
            order_id=each.order_id, line_id=each.line_id, schedule=each, business_date=TODAY, event_date=TODAY,
            verb="request_moved" if number % 20 == 10 else "commit_set",
            recorded_at=NOW - dt.timedelta(hours=number), open_qty=5, open_value=0, unit_price=1, currency="USD",
            order_type="standard", sell_to=world.sell_to, product=world.product, initiator="us",
        )
        for number, each in enumerate(made)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE orders_schedule")
        cursor.execute("ANALYZE orders_orderledger")
        cursor.execute("ANALYZE orders_order")
        cursor.execute("ANALYZE orders_orderline")
    return made
