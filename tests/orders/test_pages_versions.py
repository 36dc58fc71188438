"""Two versions of an order side by side, and the file it came from."""

import datetime as dt
from decimal import Decimal

import pytest

from orders.actions.change_price import change_price
from orders.actions.change_quantity import change_quantity
from orders.actions.set_commit import set_commit
from orders.actions.split_schedule import split_schedule
from orders.models import Order, Schedule
from tests.factories.orders import bare_order, book, line_entry, occasion
from tests.fixtures import NOW
from tests.orders.pages import PATH, body
from tests.orders.test_imports import orders

pytestmark = pytest.mark.usefixtures("noon")

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def order(world):
    """Booked at noon: 10 at 1.20; then, an hour each, a commit, 4 more, 1.00, a split."""
    order = book(world.by, world.sell_to, line_entry(world.product, 10, ship_to_id=world.ship_to.pk))
    schedule = Schedule.objects.get(order=order)
    line = schedule.line

    def after(hours, **because):
        return occasion(world.by, at=NOW + hours * HOUR, **because)

    set_commit(order_id=order.pk, schedule_id=schedule.pk, to=dt.date(2027, 1, 20), occasion=after(1))
    change_quantity(order_id=order.pk, schedule_id=schedule.pk, quantity=14, occasion=after(2))
    change_price(order_id=order.pk, line_id=line.pk, unit_price=Decimal("1.00"), occasion=after(3, note="agreed"))
    split_schedule(order_id=order.pk, schedule_id=schedule.pk, quantity=5, occasion=after(4))
    return order


def compared(client, order, query=""):
    text = body(client.get(f"{PATH}{order.pk}/compare/{query}"))
    return text.partition("Compare What changed")[2].partition("Keys")[0]


def test_the_first_version_is_compared_with_the_newest(desk_client, order):
    told = compared(desk_client, order)
    assert "1.1 AUR-1 Quantity 10 9" in told
    assert "Price 1.20 1.00" in told
    assert "First commit – 20 Jan 2027" in told
    assert "1.2 new AUR-1 Quantity – 5" in told
    assert "Open backlog, USD +2.00 12.00 14.00" in told
    assert told.index("Split 5 of line 1 off into 1.2") < told.index("Price of line 1 to 1.00")
    assert "Booked" not in told.partition("How it came to this")[2], "that is version 1 itself"


def test_two_versions_in_between_show_only_what_lies_between_them(desk_client, order):
    for query in ("?from=2&to=3", "?from=3&to=2"):
        told = compared(desk_client, order, query)
        assert "1.1 AUR-1 Quantity 10 14" in told
        assert "Open backlog, USD +4.80 12.00 16.80" in told
        assert "Price" not in told.partition("How it came")[0].partition("Version 3")[2]
    assert "choose two" in compared(desk_client, order, "?from=3&to=3")


def test_versions_that_do_not_exist_mean_the_first_and_the_last(desk_client, order):
    for query in ("?from=0&to=99", "?from=x&to=²", "?from=99999999999999"):
        assert "12.00 14.00" in compared(desk_client, order, query)


def test_an_order_without_a_ledger_has_no_version(desk_client, world):
    order = bare_order(world.sell_to, world.product)
    assert "No version yet" in body(desk_client.get(f"{PATH}{order.pk}/compare/"))


def test_the_rows_of_the_file_stand_beside_what_they_became(desk_client, world):
    batch = orders({}, {"line": "2", "quantity": "500"}, {"customer_po": "PO-2", "quantity": "77"})
    order = Order.objects.get(customer_po="PO-1")
    second = Schedule.objects.get(order=order, line__line_no=2)
    change_quantity(order_id=order.pk, schedule_id=second.pk, quantity=400, occasion=occasion(world.by))
    page = body(desk_client.get(f"{PATH}{order.pk}/source/"))
    assert "Row 2 as received AUR-1 1000 1.20 C NORTH/MAIN 2027-01-14" in page
    assert "Line 1 now AUR-1 1,000 1.20" in page
    assert "Row 3 as received AUR-1 500" in page
    assert "Line 2 now AUR-1 400 changed 1.20" in page
    assert "Rows of this order 2 of 3" in page
    assert "77" not in page.partition("Source file")[2].partition("Keys")[0], "another order of the same file"
    detail = desk_client.get(f"{PATH}{order.pk}/").content.decode()
    assert f"{PATH}{order.pk}/source/" in detail
    assert f"/aurora/files/{batch.pk}/" in desk_client.get(f"{PATH}{order.pk}/source/").content.decode()


def test_several_dates_of_a_line_are_not_called_changed(desk_client, world):
    orders({"quantity": "300"}, {"quantity": "700", "request_date": "2027-02-14"})
    order = Order.objects.get()
    page = body(desk_client.get(f"{PATH}{order.pk}/source/"))
    assert "Row 3 as received AUR-1 700" in page
    assert "changed" not in page.partition("what became of it")[2].partition("Every cell")[0]


def test_an_order_typed_by_hand_has_no_source_file(desk_client, order):
    assert desk_client.get(f"{PATH}{order.pk}/source/").status_code == 404
    assert "/source/" not in desk_client.get(f"{PATH}{order.pk}/").content.decode()
