"""Blanket orders: what releases take, what they give back, and what a blanket itself never does."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection

from fulfilment.actions.release_schedules import ReleasePart, release_schedules
from fulfilment.errors import FulfilmentRefused
from metrics.verification import verify_tenant
from orders.actions.blankets import NotReleasable
from orders.actions.cancel_line import cancel_line
from orders.actions.change_entered_line import change_entered_line
from orders.actions.change_quantity import change_quantity
from orders.actions.enter_and_book import enter_and_book
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.order_types import WrongOrderType
from orders.actions.release_from_blanket import line_from, release_from_blanket
from orders.actions.set_commit import set_commit
from orders.actions.set_validity import set_validity
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.actions.split_schedule import split_schedule
from orders.choices import OrderType
from orders.engine.state import VerbRefused
from orders.entry import EntryRefused
from orders.models import Order, OrderLedger, OrderLine, Schedule
from parties.models import Party
from pricing.models import AgreementLine
from tests.factories.orders import book, line_entry, occasion, order_entry, told
from tests.factories.pricing import make_agreement
from tests.fixtures import NOW, TODAY

DUE = dt.date(2027, 2, 1)


@pytest.fixture
def blanket(world):
    """1,000 of one part for C, at 1.20."""
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    return book(world.by, world.sell_to, line, order_type=OrderType.BLANKET, customer_po="BL-7")


def release(world, blanket, quantity, *, po="BL-7/1", on=TODAY, **values):
    line = line_from(blanket.lines.get(), quantity, DUE)
    then = occasion(world.by, on=on, at=NOW + (on - TODAY))
    return release_from_blanket(blanket_id=blanket.pk, lines=[line], customer_po=po, occasion=then, **values).order


def left(blanket):
    """(open, released) of the blanket."""
    schedules = Schedule.objects.filter(order=blanket)
    return sum(each.open_qty for each in schedules), sum(each.released_qty for each in schedules)


def failing():
    return [(each.name, each.rows) for each in verify_tenant() if not each.ok]


def why(world, code="demand"):
    return occasion(world.by, reason_code=code)


def test_a_release_is_a_standard_order_that_takes_from_the_blanket(world, blanket):
    order = release(world, blanket, 400)
    assert (order.order_type, order.blanket_id, order.customer_po) == (OrderType.STANDARD, blanket.pk, "BL-7/1")
    assert told(order) == [("booked", 400, 48_000)]
    line = order.lines.get()
    assert (line.blanket_line_id, line.blanket_qty) == (blanket.lines.get().pk, 400)
    assert (line.end_buyer_id, line.ship_to_id, line.terms.code) == (world.c.pk, world.ship_to.pk, "PREPAID")
    assert left(blanket) == (1000, 400)
    assert failing() == []


def test_a_blanket_counts_for_nothing_and_its_release_does(world, blanket):
    release(world, blanket, 400)
    rows = OrderLedger.objects.order_by("id").values_list("order_type", "value_delta")
    assert list(rows) == [("blanket", 120_000), ("standard", 48_000)]


def test_a_release_is_priced_on_its_own_day(world, blanket):
    make_agreement(world.product, "1.05", end_buyer=world.c, number="SPA-C")
    assert release(world, blanket, 400).lines.get().unit_price == Decimal("1.05")
    assert blanket.lines.get().unit_price == Decimal("1.20")


def test_a_price_set_by_hand_holds_for_what_is_released(world):
    line = line_entry(world.product, 1000, override_price=Decimal("1.10"), override_reason="Frame deal")
    blanket = book(world.by, world.sell_to, line, order_type=OrderType.BLANKET)
    found = release(world, blanket, 400).lines.get()
    assert (found.unit_price, found.override_reason) == (Decimal("1.10"), "Frame deal")


def test_never_more_than_is_left(world, blanket):
    release(world, blanket, 700)
    with pytest.raises(VerbRefused, match="Line 1 of the blanket has 300 left to release"):
        release(world, blanket, 301, po="BL-7/2")
    release(world, blanket, 300, po="BL-7/2")
    assert left(blanket) == (1000, 1000)


def test_one_release_may_take_a_line_in_parts_but_not_more_than_it_has(world, blanket):
    lines = [line_from(blanket.lines.get(), quantity, DUE) for quantity in (600, 401)]
    with pytest.raises(VerbRefused, match="400 left"):
        release_from_blanket(blanket_id=blanket.pk, lines=lines, customer_po="R", occasion=occasion(world.by))


def test_a_release_may_go_by_the_number_of_its_blanket(world, blanket):
    first, second = release(world, blanket, 100, po="BL-7"), release(world, blanket, 100, po="bl - 7")
    assert not first.holds.exists()
    assert not second.holds.exists()
    stranger = enter_and_book(
        entry=order_entry(world.sell_to, line_entry(world.product, 5), customer_po="BL-7"), occasion=occasion(world.by)
    )
    assert stranger.order.holds.filter(kind="duplicate_po").exists()


def test_schedules_are_taken_from_the_earliest_on_and_given_back_from_the_latest(world):
    parts = ((400, dt.date(2027, 1, 4), None), (600, dt.date(2027, 3, 1), None))
    line = line_entry(world.product, 1000, schedules=parts)
    blanket = book(world.by, world.sell_to, line, order_type=OrderType.BLANKET)
    order = release(world, blanket, 500)
    by_date = Schedule.objects.filter(order=blanket).order_by("request_date")
    assert list(by_date.values_list("released_qty", flat=True)) == [400, 100]
    change_quantity(order_id=order.pk, schedule_id=order.schedules.get().pk, quantity=350, occasion=occasion(world.by))
    assert list(by_date.values_list("released_qty", flat=True)) == [350, 0]
    assert failing() == []


def test_changes_of_a_release_keep_the_blanket_in_step(world, blanket):
    order = release(world, blanket, 400)
    schedule = order.schedules.get()
    change_quantity(order_id=order.pk, schedule_id=schedule.pk, quantity=900, occasion=occasion(world.by))
    assert left(blanket) == (1000, 900)
    with pytest.raises(VerbRefused, match="100 left to release"):
        change_quantity(order_id=order.pk, schedule_id=schedule.pk, quantity=1001, occasion=occasion(world.by))
    cancel_line(
        order_id=order.pk, line_id=order.lines.get().pk, schedule_id=schedule.pk, quantity=50, occasion=why(world)
    )
    assert left(blanket) == (1000, 850)
    cancel_line(order_id=order.pk, line_id=order.lines.get().pk, occasion=why(world))
    assert (left(blanket), order.lines.get().blanket_qty) == ((1000, 0), 0)
    assert failing() == []


def test_what_shipped_stays_taken_when_the_rest_is_cancelled(world, blanket):
    order = release(world, blanket, 400)
    ship_schedules(order_id=order.pk, parts=[ShipPart(order.schedules.get().pk, 300)], occasion=occasion(world.by))
    cancel_line(order_id=order.pk, line_id=order.lines.get().pk, occasion=why(world, "short_close"))
    assert left(blanket) == (1000, 300)
    assert failing() == []


def test_an_over_shipment_takes_nothing_more_from_the_blanket(world, blanket):
    order = release(world, blanket, 400)
    ship_schedules(order_id=order.pk, parts=[ShipPart(order.schedules.get().pk, 450)], occasion=occasion(world.by))
    assert (order.lines.get().quantity, left(blanket)) == (450, (1000, 400))
    assert failing() == []


def test_a_held_release_has_taken_its_quantity_and_gives_it_back(world, blanket):
    Party.objects.filter(pk=world.c.pk).update(status="denied")
    order = release(world, blanket, 400)
    assert (told(order), left(blanket)) == ([], (1000, 400))
    line = order.lines.get()
    change_entered_line(order_id=order.pk, line_id=line.pk, quantity=250, occasion=occasion(world.by))
    assert left(blanket) == (1000, 250)
    cancel_line(order_id=order.pk, line_id=line.pk, occasion=why(world))
    assert left(blanket) == (1000, 0)
    assert failing() == []


def test_a_line_of_a_release_may_be_split(world, blanket):
    order = release(world, blanket, 400)
    split_schedule(order_id=order.pk, schedule_id=order.schedules.get().pk, quantity=100, occasion=occasion(world.by))
    assert (left(blanket), failing()) == ((1000, 400), [])


def test_the_released_part_of_a_blanket_can_neither_be_cancelled_nor_taken_off(world, blanket):
    release(world, blanket, 400)
    schedule = blanket.schedules.get()
    with pytest.raises(VerbRefused, match="400 of 1,000 are released"):
        change_quantity(order_id=blanket.pk, schedule_id=schedule.pk, quantity=399, occasion=occasion(world.by))
    cancel_line(order_id=blanket.pk, line_id=schedule.line_id, occasion=why(world, "short_close"))
    assert left(blanket) == (400, 400)
    with pytest.raises(VerbRefused, match="Nothing is open that could be cancelled"):
        cancel_line(order_id=blanket.pk, line_id=schedule.line_id, occasion=why(world))
    with pytest.raises(VerbRefused, match="0 left"):
        release(world, blanket, 1, po="BL-7/2")
    assert failing() == []


def test_a_cancelled_blanket_is_not_released_from(world, blanket):
    cancel_line(order_id=blanket.pk, line_id=blanket.lines.get().pk, occasion=why(world))
    with pytest.raises(NotReleasable, match="is cancelled"):
        release(world, blanket, 1)


def test_a_blanket_has_a_first_and_a_last_day(world, blanket):
    set_validity(order_id=blanket.pk, valid_to=TODAY + dt.timedelta(days=3), occasion=occasion(world.by))
    release(world, blanket, 100, on=TODAY + dt.timedelta(days=3))
    for day, told_as in ((4, "ended on 26 Nov 2026"), (-1, "starts on 23 Nov 2026")):
        with pytest.raises(NotReleasable, match=told_as):
            release(world, blanket, 100, po="BL-7/9", on=TODAY + dt.timedelta(days=day))
    with pytest.raises(VerbRefused, match="cannot end before"):
        set_validity(order_id=blanket.pk, valid_to=dt.date(2026, 1, 1), occasion=occasion(world.by))


def test_a_last_day_is_for_blankets(world):
    order = book(world.by, world.sell_to, line_entry(world.product, 10))
    with pytest.raises(WrongOrderType):
        set_validity(order_id=order.pk, valid_to=TODAY, occasion=occasion(world.by))
    with pytest.raises(EntryRefused, match="Only a blanket order has a last day"):
        enter_and_book(
            entry=order_entry(world.sell_to, line_entry(world.product, 5), valid_to=TODAY),
            occasion=occasion(world.by),
        )


@pytest.mark.parametrize("damage", ["standard", "unbooked", "product", "nothing"])
def test_what_cannot_be_released(world, blanket, damage):
    lines = [line_from(blanket.lines.get(), 10, DUE)]
    if damage == "standard":
        Order.objects.filter(pk=blanket.pk).update(order_type="standard")
    elif damage == "unbooked":
        OrderLine.objects.filter(order=blanket).update(status="held")
    elif damage == "product":
        lines = [line_from(OrderLine(pk=blanket.lines.get().pk, product_id=world.product.pk + 1), 10, DUE)]
    else:
        lines = []
    with pytest.raises(VerbRefused):
        release_from_blanket(blanket_id=blanket.pk, lines=lines, customer_po="R", occasion=occasion(world.by))
    assert Order.objects.count() == 1


def test_a_blanket_is_neither_promised_nor_shipped_nor_billed(world, blanket):
    schedule = blanket.schedules.get()
    now = occasion(world.by)
    with pytest.raises(WrongOrderType, match="not promised"):
        set_commit(order_id=blanket.pk, schedule_id=schedule.pk, to=DUE, occasion=now)
    with pytest.raises(WrongOrderType, match="does not ship"):
        ship_schedules(order_id=blanket.pk, parts=[ShipPart(schedule.pk, 10)], occasion=now)
    with pytest.raises(WrongOrderType, match="type blanket is not billed"):
        issue_invoice(order_id=blanket.pk, parts=[InvoicePart(schedule.pk, 10, 1200)], occasion=now)
    with pytest.raises(FulfilmentRefused, match="does not ship"):
        release_schedules(order_id=blanket.pk, parts=[ReleasePart(schedule.pk)], occasion=now)
    promised = order_entry(world.sell_to, line_entry(world.product, 10, commit_date=DUE), order_type=OrderType.BLANKET)
    with pytest.raises(EntryRefused, match="is not promised"):
        enter_and_book(entry=promised, occasion=now)
    blanket.refresh_from_db()
    assert (told(blanket), blanket.has_uncommitted) == ([("booked", 1000, 120_000)], False)


def test_a_consignment_fill_ships_and_is_not_billed(world):
    order = book(world.by, world.sell_to, line_entry(world.product, 10), order_type=OrderType.CONSIGNMENT)
    schedule = order.schedules.get()
    ship_schedules(order_id=order.pk, parts=[ShipPart(schedule.pk, 10)], occasion=occasion(world.by))
    with pytest.raises(WrongOrderType, match="type consignment is not billed"):
        issue_invoice(order_id=order.pk, parts=[InvoicePart(schedule.pk, 10, 1200)], occasion=occasion(world.by))


def test_the_cap_of_an_agreement_is_taken_by_releases_and_not_by_the_blanket(world):
    capped = make_agreement(world.product, "1.00", end_buyer=world.c, cap_qty=1000, number="SPA-CAP")
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk)
    blanket = book(world.by, world.sell_to, line, order_type=OrderType.BLANKET)
    reserved = AgreementLine.objects.filter(pk=capped.pk).values_list("reserved_qty", flat=True)
    assert reserved.get() == 0
    order = release(world, blanket, 400)
    assert reserved.get() == 400
    change_quantity(
        order_id=blanket.pk, schedule_id=blanket.schedules.get().pk, quantity=1200, occasion=occasion(world.by)
    )
    cancel_line(order_id=order.pk, line_id=order.lines.get().pk, occasion=why(world))
    assert (reserved.get(), failing()) == (0, [])


def test_a_blanket_is_not_held_for_credit(world):
    Party.objects.filter(pk=world.sell_to.pk).update(credit_limit=1, currency="USD")
    line = line_entry(world.product, 1000, request_date=TODAY)
    blanket = book(world.by, world.sell_to, line, order_type=OrderType.BLANKET)
    assert not blanket.holds.filter(kind="credit").exists()
    line = line_from(blanket.lines.get(), 400, TODAY)
    order = release_from_blanket(
        blanket_id=blanket.pk, lines=[line], customer_po="R", occasion=occasion(world.by)
    ).order
    assert order.holds.filter(kind="credit").exists()


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ({"blanket_qty": 399}, "released"),
        ({"blanket_qty": 1001}, "released over the blanket"),
        ({"product_id": None}, "product"),
    ],
)
def test_a_blanket_that_does_not_foot_is_named(world, blanket, damage, what):
    order = release(world, blanket, 400)
    if "product_id" in damage:
        other = type(world.product).objects.create(sku="X", description="X", family=world.product.family, unit="pcs")
        damage = {"product_id": other.pk}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    OrderLine.objects.filter(order=order).update(**damage)
    (found,) = [each for each in verify_tenant() if each.name == "blankets"]
    assert what in {row.what for row in found.rows}
