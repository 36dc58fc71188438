"""What the order's page says should happen next, and to whom it offers it."""

import datetime as dt

import pytest

from orders.actions.enter_and_book import enter_and_book
from orders.actions.set_commit import set_commit
from orders.actions.ship_schedules import ShipPart, ship_schedules
from tenancy.choices import Role
from tests.factories.catalog import make_product
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.factories.tenancy import make_member
from tests.orders.pages import PATH, body

pytestmark = pytest.mark.usefixtures("noon")


def next_of(client, order):
    text = body(client.get(f"{PATH}{order.pk}/"))
    return text.partition("Next:")[2].partition("Order Compare versions")[0].strip()


def lines(world, *quantities, **values):
    return [line_entry(world.product, each, ship_to_id=world.ship_to.pk, **values) for each in quantities]


def test_a_line_without_price_waits_on_its_hold(client, world):
    client.force_login(world.by.user)
    entry = order_entry(world.sell_to, line_entry(make_product("BARE"), 10), *lines(world, 5))
    order = enter_and_book(entry=entry, occasion=occasion(world.by)).order
    assert next_of(client, order).startswith("1 line on a booking hold See the holds 1 schedule without a commit")


def test_what_is_due_is_released_by_those_who_may(client, world):
    order = book(world.by, world.sell_to, *lines(world, 10, 20, request_date=dt.date(2026, 11, 30)))
    one, two = order.schedules.order_by("pk")
    key = {"order_id": order.pk}
    # due in seven days, and in eight
    set_commit(**key, schedule_id=one.pk, to=dt.date(2026, 11, 30), occasion=occasion(world.by))
    set_commit(**key, schedule_id=two.pk, to=dt.date(2026, 12, 1), occasion=occasion(world.by))
    client.force_login(world.by.user)
    assert next_of(client, order) == "1 schedule due within a week and not released Release…"
    client.force_login(make_member(Role.FINANCE).user)
    assert next_of(client, order) == "1 schedule due within a week and not released sales operations may do that"


def test_late_and_unbilled_are_named(client, world):
    order = book(world.by, world.sell_to, *lines(world, 10, 20), order_date=dt.date(2026, 11, 2))
    one, two = order.schedules.order_by("pk")
    key = {"order_id": order.pk}
    set_commit(**key, schedule_id=one.pk, to=dt.date(2026, 11, 20), occasion=occasion(world.by))
    ship_schedules(**key, parts=[ShipPart(two.pk, 20, "k")], occasion=occasion(world.by))
    client.force_login(world.by.user)
    assert next_of(client, order) == (
        "1 schedule past the commit Go there 1 schedule due within a week and not released Release… "
        "shipped goods not billed See the shipments"
    )


def test_dates_are_compared_in_business_days(client, world):
    """Asked for Thu 14 Jan 2027, promised Mon 18 Jan 2027: two business days late for the customer, kept so far."""
    order = book(world.by, world.sell_to, *lines(world, 10, ship_from_id=world.site.pk))
    schedule = order.schedules.get()
    set_commit(order_id=order.pk, schedule_id=schedule.pk, to=dt.date(2027, 1, 18), occasion=occasion(world.by))
    client.force_login(world.by.user)
    text = body(client.get(f"{PATH}{order.pk}/"))
    assert "1.1 10 14 Jan 2027 18 Jan 2027 18 Jan 2027 – 10 +2 0 Committed" in text
    assert "Days are business days in Malaysia." in text


def test_a_long_order_is_read_in_parts(client, world):
    order = book(world.by, world.sell_to, *lines(world, *[5] * 85))
    client.force_login(world.by.user)
    first = client.get(f"{PATH}{order.pk}/")
    assert first.content.count(b'<tbody id="line-') == 40
    text = body(first)
    assert "Lines 1–40 Lines 41–80 Lines 81–85" in text
    assert "85 schedules without a commit" in text, "counted over all lines"
    last = client.get(f"{PATH}{order.pk}/?line=83")
    assert last.content.count(b'<tbody id="line-') == 5
    assert b'<tbody id="line-83"' in last.content
    assert client.get(f"{PATH}{order.pk}/?line=²x").content.count(b'<tbody id="line-') == 40
