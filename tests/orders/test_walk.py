"""The order desk's day on one order, against the real tables."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection, transaction

from orders.actions.book_order import book_order
from orders.actions.cancel_line import cancel_line
from orders.actions.change_price import change_price
from orders.actions.change_quantity import change_quantity
from orders.actions.credit_invoice import CreditPart, credit_invoice
from orders.actions.enter_and_book import enter_and_book
from orders.actions.enter_order import enter_order
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.move_request import move_request
from orders.actions.recheck_order import recheck_order
from orders.actions.release_hold import MayNotRelease, release_hold
from orders.actions.set_commit import set_commit
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.actions.split_schedule import split_schedule
from orders.actions.transfer_line import transfer_line
from orders.actions.unship_schedules import unship_schedules
from orders.choices import HoldKind, LineStatus, OrderStatus
from orders.engine.replay import replay
from orders.engine.state import VerbRefused
from orders.entry import EntryRefused
from orders.locks import StaleVersion
from orders.models import Hold, Order, OrderLedger, OrderLine, Schedule
from tests.factories.catalog import make_product
from tests.factories.orders import book, line_entry, occasion, order_entry, told
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_member


def test_one_po_three_end_buyers_three_prices(world):
    lines = [
        line_entry(world.product, 1000, end_buyer_id=each.pk, ship_to_id=world.ship_to.pk)
        for each in (world.a, world.b, world.c)
    ]
    order = book(world.by, world.sell_to, *lines)
    first, second, third = order.lines.order_by("line_no")
    assert (first.unit_price, first.agreed_cost) == (Decimal("0.95"), None)
    assert (second.unit_price, second.agreed_cost) == (Decimal("1.20"), Decimal("0.98"))
    assert (third.unit_price, third.agreed_cost) == (Decimal("1.20"), None)
    assert [line.open_value for line in (first, second, third)] == [95000, 120000, 120000]
    assert (order.value, order.open_value, order.status) == (335000, 335000, OrderStatus.BOOKED)
    for line in (first, second, third):
        steps = [step["step"] for step in line.price_trail]
        assert steps[0] == "manual"
        assert steps[-1] == "base_list"
        assert all(step["why"] for step in line.price_trail)
        assert line.terms_reason
    assert told(order) == [("booked", 1000, 95000), ("booked", 1000, 120000), ("booked", 1000, 120000)]


def test_the_known_answer_through_the_actions(world):
    bare = make_product("AUR-9")
    make_agreement(bare, "0.333333", end_buyer=world.a)
    order = book(world.by, world.sell_to, line_entry(bare, 1000, end_buyer_id=world.a.pk, ship_to_id=world.ship_to.pk))
    line = order.lines.get()
    parent = line.schedules.get()
    child = split_schedule(order_id=order.pk, schedule_id=parent.pk, quantity=600, occasion=occasion(world.by))
    change_quantity(order_id=order.pk, schedule_id=child.pk, quantity=1100, occasion=occasion(world.by))
    change_price(
        order_id=order.pk, line_id=line.pk, unit_price=Decimal("0.30"), occasion=occasion(world.by, note="match")
    )
    cancel_line(
        order_id=order.pk, line_id=line.pk, schedule_id=child.pk, quantity=200,
        occasion=occasion(world.by, reason_code="customer"),
    )  # fmt: skip
    shipped = ship_schedules(
        order_id=order.pk, parts=[ShipPart(parent.pk, 400), ShipPart(child.pk, 300)], occasion=occasion(world.by)
    )
    assert sum(part.value for part in shipped) == 21000
    invoice = issue_invoice(
        order_id=order.pk,
        parts=[InvoicePart(part.schedule_id, part.quantity, part.value) for part in shipped],
        occasion=occasion(world.by),
    )
    assert invoice.total == 21000
    transfer_line(order_id=order.pk, line_id=line.pk, end_buyer_id=world.b.pk, occasion=occasion(world.by))
    values: dict[str, int] = {}
    for verb, _quantity, value in told(order):
        values[verb] = values.get(verb, 0) + value
    assert values == {
        "booked": 33333, "split": 0, "qty_increased": 16667, "price_changed": -5000, "cancelled": -6000,
        "shipped": -21000, "invoiced": 21000, "transferred": 0,
    }  # fmt: skip
    order.refresh_from_db()
    assert order.open_value == 18000
    rows = OrderLedger.objects.filter(order=order, verb="transferred").order_by("id")
    assert list(rows.values_list("end_buyer_id", "value_delta")) == [(world.a.pk, -18000), (world.b.pk, 18000)]


def test_the_ledger_rebuilds_the_rows_in_the_tables(world):
    order = book(
        world.by, world.sell_to, line_entry(world.product, 900, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    )
    schedule = order.schedules.get()
    set_commit(order_id=order.pk, schedule_id=schedule.pk, to=dt.date(2027, 1, 18), occasion=occasion(world.by))
    child = split_schedule(order_id=order.pk, schedule_id=schedule.pk, quantity=300, occasion=occasion(world.by))
    set_commit(
        order_id=order.pk,
        schedule_id=child.pk,
        to=dt.date(2027, 2, 1),
        occasion=occasion(world.by, initiator="supplier"),
    )
    move_request(
        order_id=order.pk,
        schedule_id=child.pk,
        to=dt.date(2027, 1, 28),
        occasion=occasion(world.by, initiator="customer"),
    )
    parts = ship_schedules(order_id=order.pk, parts=[ShipPart(schedule.pk, 600)], occasion=occasion(world.by))
    unship_schedules(order_id=order.pk, parts=parts, occasion=occasion(world.by))
    rebuilt = replay(OrderLedger.objects.filter(order=order).order_by("id"))
    names = "quantity open_qty open_value open_reporting shipped_qty request_date first_commit current_commit ship_date"
    for row in Schedule.objects.filter(order=order):
        again = rebuilt[row.pk]
        assert again.problems == []
        assert [getattr(again, name) for name in names.split()] == [getattr(row, name) for name in names.split()]


def test_a_line_without_a_price_is_held_and_books_nothing(world):
    unpriced = make_product("NOPRICE")
    entry = order_entry(world.sell_to, line_entry(unpriced, 10), line_entry(world.product, 10))
    result = enter_and_book(entry=entry, occasion=occasion(world.by))
    assert (result.booked, result.held) == (1, 1)
    assert told(result.order) == [("booked", 10, 1200)]
    held = result.order.lines.get(product=unpriced)
    assert held.status == LineStatus.HELD
    assert list(held.holds.filter(scope="booking").values_list("kind", flat=True)) == [HoldKind.NO_PRICE]
    hold = held.holds.get(kind=HoldKind.NO_PRICE)
    with pytest.raises(VerbRefused, match="mend its cause"):
        release_hold(hold_id=hold.pk, occasion=occasion(world.by, note="please"))
    make_agreement(unpriced, "2.00", sell_to=world.sell_to)
    recheck_order(order_id=result.order.pk, occasion=occasion(world.by))
    again = book_order(order_id=result.order.pk, occasion=occasion(world.by))
    assert (again.booked, again.held) == (1, 0)
    assert told(result.order)[-1] == ("booked", 10, 2000)


def test_a_price_that_differs_from_the_po_waits_for_a_release_and_then_books(world):
    entry = order_entry(world.sell_to, line_entry(world.product, 100, customer_price=Decimal("1.10")))
    order = enter_and_book(entry=entry, occasion=occasion(world.by)).order
    assert (order.status, told(order)) == (OrderStatus.HELD, [])
    hold = order.holds.get(kind=HoldKind.PRICE_DIFFERS)
    with pytest.raises(VerbRefused, match="Say why"):
        release_hold(hold_id=hold.pk, occasion=occasion(world.by))
    clerk = make_member("finance")
    with pytest.raises(MayNotRelease):
        release_hold(hold_id=hold.pk, occasion=occasion(clerk, note="ok"))
    release_hold(hold_id=hold.pk, occasion=occasion(world.by, note="Customer agreed to 1.20"))
    assert told(order) == [("booked", 100, 12000)]


def test_the_same_po_twice_is_held_as_a_duplicate(world):
    book(world.by, world.sell_to, line_entry(world.product, 10), customer_po="NG 77")
    again = enter_and_book(
        entry=order_entry(world.sell_to, line_entry(world.product, 10), customer_po="ng77"), occasion=occasion(world.by)
    )
    assert (again.booked, again.held) == (0, 1)
    assert again.order.holds.filter(kind=HoldKind.DUPLICATE_PO).exists()


def test_a_sell_to_that_must_name_the_end_buyer_is_held_without_one(world):
    world.sell_to.is_end_buyer_required = True
    world.sell_to.save()
    result = enter_and_book(
        entry=order_entry(
            world.sell_to, line_entry(world.product, 10), line_entry(world.product, 10, end_buyer_id=world.c.pk)
        ),
        occasion=occasion(world.by),
    )
    assert (result.booked, result.held) == (1, 1)


def test_a_denied_end_buyer_books_nothing(world):
    denied = make_end_buyer("BAD", status="denied")
    result = enter_and_book(
        entry=order_entry(world.sell_to, line_entry(world.product, 10, end_buyer_id=denied.pk)),
        occasion=occasion(world.by),
    )
    assert result.order.holds.get(scope="booking").kind == HoldKind.DENIED_PARTY


def test_credit_over_the_limit_books_and_blocks_the_release(world):
    world.sell_to.credit_limit = Decimal(100)
    world.sell_to.save()
    due = dt.date(2026, 12, 1)
    order = enter_and_book(
        entry=order_entry(world.sell_to, line_entry(world.product, 83, request_date=due)), occasion=occasion(world.by)
    ).order
    assert not order.holds.filter(kind=HoldKind.CREDIT).exists()  # 99.60 of 100.00
    order = enter_and_book(
        entry=order_entry(world.sell_to, line_entry(world.product, 1, request_date=due)), occasion=occasion(world.by)
    ).order
    assert order.lines.get().status == LineStatus.BOOKED
    assert "100.80 is over the limit" in order.holds.get(kind=HoldKind.CREDIT).message


def test_a_stale_line_version_changes_nothing(world):
    order = book(world.by, world.sell_to, line_entry(world.product, 100))
    schedule, line = order.schedules.get(), order.lines.get()
    seen = line.version
    change_quantity(
        order_id=order.pk, schedule_id=schedule.pk, quantity=150, occasion=occasion(world.by), line_version=seen
    )
    before = told(order)
    with pytest.raises(StaleVersion, match="Nothing was written"):
        change_quantity(
            order_id=order.pk, schedule_id=schedule.pk, quantity=90, occasion=occasion(world.by), line_version=seen
        )
    assert told(order) == before


def test_a_direct_agreement_reserves_at_booking_and_gives_back_on_cancel(world):
    world.direct.cap_qty = 1000
    world.direct.save()
    order = book(world.by, world.sell_to, line_entry(world.product, 700, end_buyer_id=world.a.pk))
    world.direct.refresh_from_db()
    assert world.direct.reserved_qty == 700
    other = book(world.by, world.sell_to, line_entry(world.product, 400, end_buyer_id=world.a.pk))
    assert other.lines.get().unit_price == Decimal("1.20")  # 300 are left, the line needs 400
    cancel_line(order_id=order.pk, line_id=order.lines.get().pk, occasion=occasion(world.by, reason_code="customer"))
    world.direct.refresh_from_db()
    assert world.direct.reserved_qty == 0


def test_credits_lower_billings_and_never_bookings(world):
    order = book(world.by, world.sell_to, line_entry(world.product, 100))
    schedule = order.schedules.get()
    (part,) = ship_schedules(order_id=order.pk, parts=[ShipPart(schedule.pk, 100)], occasion=occasion(world.by))
    invoice = issue_invoice(
        order_id=order.pk, parts=[InvoicePart(schedule.pk, 100, part.value)], occasion=occasion(world.by)
    )
    assert invoice.number == "INV-000001"
    with pytest.raises(VerbRefused, match="more cannot be billed"):
        issue_invoice(order_id=order.pk, parts=[InvoicePart(schedule.pk, 1, 120)], occasion=occasion(world.by))
    memo = credit_invoice(
        invoice_id=invoice.pk,
        parts=[CreditPart(schedule.pk, 0, 500)],
        credit_kind="price",
        occasion=occasion(world.by, note="late"),
    )
    assert (memo.number, memo.total) == ("CM-000001", -500)
    with pytest.raises(VerbRefused, match="More than what is left"):
        credit_invoice(
            invoice_id=invoice.pk,
            parts=[CreditPart(schedule.pk, 0, 11501)],
            credit_kind="price",
            occasion=occasion(world.by, note="x"),
        )
    assert told(order)[-1] == ("credited", 0, -500)
    order.refresh_from_db()
    assert (order.open_value, order.status) == (0, OrderStatus.SHIPPED)


def test_every_problem_of_an_entry_is_named_at_its_field(world, kestrel):
    product = make_product("REEL", minimum_qty=100, multiple_qty=50)
    stranger = make_sell_to("STRANGER")
    stranger.role_facts.all().delete()
    entry = order_entry(
        stranger,
        line_entry(product, 120),
        line_entry(product, 0),
        line_entry(product, 100, end_buyer_id=999_999),
        line_entry(product, 100, request_date=dt.date(2026, 1, 1)),
        line_entry(product, 100, override_price=Decimal(1)),
        customer_po=" ",
        order_date=dt.date(2026, 1, 1),
        currency="XXX",
    )
    with pytest.raises(EntryRefused) as refused:
        enter_order(entry=entry, by=world.by, at=occasion(None).at)
    found = {(each.line, each.field) for each in refused.value.problems}
    assert found == {
        (None, "sell_to"), (None, "customer_po"), (None, "order_date"), (None, "currency"),
        (0, "quantity"), (1, "quantity"), (1, "schedules"), (2, "end_buyer"), (3, "request_date"),
        (4, "override_reason"),
    }  # fmt: skip
    assert Order.objects.count() == 0


def test_a_sample_order_carries_quantity_at_value_zero(world):
    order = book(world.by, world.sell_to, line_entry(world.product, 5), order_type="sample")
    assert told(order) == [("booked", 5, 0)]


def test_the_ledger_refuses_change_even_to_its_owner(world):
    book(world.by, world.sell_to, line_entry(world.product, 5))
    row = OrderLedger.objects.get()
    with (
        connection.cursor() as cursor,
        pytest.raises(Exception, match=r"permission denied|append-only"),
        transaction.atomic(),
    ):
        cursor.execute("UPDATE orders_orderledger SET value_delta = 1 WHERE id = %s", [row.pk])


def test_a_day_in_a_closed_period_posts_to_the_first_open_day(world, inside):
    inside.closed_through = dt.date(2026, 10, 31)
    inside.save()
    entry = order_entry(
        world.sell_to, line_entry(world.product, 5), order_date=dt.date(2026, 10, 28), accept_old_dates=True
    )
    enter_and_book(entry=entry, occasion=occasion(world.by, on=dt.date(2026, 10, 28)))
    row = OrderLedger.objects.get()
    assert (row.business_date, row.event_date) == (dt.date(2026, 11, 1), dt.date(2026, 10, 28))


def test_holds_of_a_taken_off_line_go_with_it(world):
    entry = order_entry(world.sell_to, line_entry(make_product("NP"), 10))
    order = enter_and_book(entry=entry, occasion=occasion(world.by)).order
    cancel_line(order_id=order.pk, line_id=order.lines.get().pk, occasion=occasion(world.by, reason_code="customer"))
    order.refresh_from_db()
    assert (order.status, order.hold_count, Hold.objects.filter(released_at__isnull=True).count()) == (
        "cancelled",
        0,
        0,
    )
    assert OrderLine.objects.get().status == LineStatus.CANCELLED
