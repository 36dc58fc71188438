"""The ledger example of the domain glossary, to the cent, in plain values."""

import datetime as dt
from decimal import Decimal

from orders.choices import LineStatus, Verb
from orders.engine import quantities
from orders.engine.deliveries import ship
from orders.engine.state import LineState, OrderState, ScheduleState

A, B = 101, 102
DAY = dt.date(2026, 11, 23)


def a_line(quantity: int, price: str, *quantities_: int) -> tuple[OrderState, LineState]:
    schedules = [
        ScheduleState(id=index, number=index, quantity=part, request_date=DAY)
        for index, part in enumerate(quantities_ or (quantity,), start=1)
    ]
    line = LineState(
        id=1,
        line_no=1,
        product_id=9,
        end_buyer_id=A,
        unit_price=Decimal(price),
        booking_rate=Decimal(1),
        schedules=schedules,
    )
    return OrderState(id=1, sell_to_id=7, currency="USD", reporting_currency="USD", lines=[line]), line


def test_the_example_of_the_glossary():
    order, line = a_line(1000, "0.333333")
    (booked,) = quantities.book(order, line)
    assert booked.value_delta == 33333

    child, told = quantities.split(order, line, line.schedules[0], 600)
    assert sum(event.value_delta for event in told) == 0
    assert [each.open_qty for each in line.schedules] == [400, 600]

    increased = quantities.increase(order, line, child, 500)
    assert increased.value_delta == 16667

    priced = quantities.change_price(order, line, Decimal("0.30"))
    assert sum(event.value_delta for event in priced) == -5000

    cancelled = quantities.cancel(order, line, child, 200)
    assert cancelled.value_delta == -6000

    shipped = [ship(order, line, line.schedules[0], 400, DAY), ship(order, line, child, 300, DAY)]
    assert sum(event.value_delta for told in shipped for event in told) == -21000

    moved = quantities.transfer(order, line, end_buyer_id=B)
    assert [(event.end_buyer_id, event.value_delta) for event in moved] == [(A, -18000), (B, 18000)]

    assert line.open_value == 18000
    assert line.open_qty == 600


def test_a_line_over_several_schedules_sums_to_its_rounded_value():
    # 3 × 0.335 = 1.005 → 1.01; the thirds take 0.34, 0.34 and the rest
    order, line = a_line(3, "0.335", 1, 1, 1)
    assert [event.value_delta for event in quantities.book(order, line)] == [34, 34, 33]


def test_what_is_left_last_takes_the_rest_so_zero_quantity_is_zero_value():
    order, line = a_line(3, "0.335")
    quantities.book(order, line)
    deltas = [ship(order, line, line.schedules[0], 1, DAY)[0].value_delta for _ in range(3)]
    assert deltas == [-34, -34, -33]
    assert (line.open_qty, line.open_value, line.status) == (0, 0, LineStatus.SHIPPED)


def test_an_over_shipment_books_the_excess_first():
    order, line = a_line(100, "2.00")
    quantities.book(order, line)
    told = ship(order, line, line.schedules[0], 120, DAY)
    assert [(event.verb, event.quantity_delta, event.value_delta) for event in told] == [
        (Verb.QTY_INCREASED, 20, 4000),
        (Verb.SHIPPED, -120, -24000),
    ]
    assert line.quantity == 120


def test_reporting_currency_ends_at_zero_with_the_quantity():
    # 3 × 1.00 EUR at 1.085 = 3.26 USD; parts 1.09, 1.09 (2.17 ÷ 2 = 1.085 → 1.09) and the rest 1.08
    order, line = a_line(3, "1.00")
    order.currency, line.booking_rate = "EUR", Decimal("1.085")
    (booked,) = quantities.book(order, line)
    assert booked.reporting_delta == 326
    deltas = [ship(order, line, line.schedules[0], 1, DAY)[0].reporting_delta for _ in range(3)]
    assert deltas == [-109, -109, -108]
