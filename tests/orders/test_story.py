"""The story of an order: its ledger and all else that happened to it, by day, for one line, each with its source."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from fulfilment.actions.confirm_shipment import confirm_shipment
from orders.actions.add_note import add_note
from orders.actions.attach_file import attach_file
from orders.actions.enter_and_book import enter_and_book
from orders.actions.release_hold import release_hold
from orders.actions.set_commit import set_commit
from orders.models import Hold, OrderLedger
from tenancy.choices import Role
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.fulfilment.walk import answer, release, some_order
from tests.orders.pages import PATH, body

pytestmark = pytest.mark.usefixtures("noon", "own_files")

HOUR = dt.timedelta(hours=1)


def story(client, order, query=""):
    text = body(client.get(f"{PATH}{order.pk}/{query}"))
    return text.partition("Ledger Line Show")[2].partition("Gross bookings")[0]


def test_holds_notes_and_files_are_told_with_the_ledger(desk_client, world):
    entry = order_entry(
        world.sell_to, line_entry(world.product, 10, customer_price=Decimal("1.00"), ship_to_id=world.ship_to.pk)
    )
    order = enter_and_book(entry=entry, occasion=occasion(world.by)).order
    hold = Hold.objects.get(order=order, kind="price_differs")
    release_hold(hold_id=hold.pk, occasion=occasion(world.by, at=NOW + HOUR, note="agreed by mail"))
    add_note(order_id=order.pk, text="Send the price list", occasion=occasion(world.by, at=NOW + 2 * HOUR))
    attach_file(order_id=order.pk, name="a.txt", content=b"x", occasion=occasion(world.by, at=NOW + 3 * HOUR))
    who = world.by.user.email
    told = story(desk_client, order)
    in_order = [
        f"23 Nov 2026 15:00 Attached a.txt By {who}",
        f"14:00 Note By {who}: Send the price list",
        f"13:00 Hold released: Price differs from the customer's PO, line 1 By {who}: agreed by mail",
        "13:00 Booked line 1 +12.00",
        "12:00 Held: Price differs from the customer's PO, line 1 The PO says 1.00, ours is 1.20.",
        f"Order entered by hand By {who}",
    ]
    places = [told.index(sentence) for sentence in in_order if sentence in told]
    assert len(places) == len(in_order), told
    assert places[0] == 0 or told.strip().startswith(in_order[0])
    assert sorted(places[:3]) == places[:3]
    assert told.count("23 Nov 2026") == 1, "one heading for the day"


def test_releases_and_shipments_are_told(desk_client, world):
    order = some_order(world)
    request = release(world, order)
    shipment = confirm_shipment(answer=answer(request, 90), occasion=occasion(world.by))
    told = story(desk_client, order)
    assert f"Released {request.number} to {request.site.name} Terms frozen: DAP dock." in told
    assert f"Shipment {shipment.number} confirmed" in told
    page = desk_client.get(f"{PATH}{order.pk}/").content.decode()
    assert f'<a href="/aurora/ship-requests/{request.pk}/">Released {request.number}' in page
    assert f'<a href="/aurora/shipments/{shipment.pk}/">Shipment' in page


def test_one_line_has_a_story_of_its_own(desk_client, world):
    order = book(world.by, world.sell_to, *[line_entry(world.product, 10, ship_to_id=world.ship_to.pk)] * 3)
    second = order.schedules.order_by("line_id")[1]
    set_commit(order_id=order.pk, schedule_id=second.pk, to=dt.date(2027, 1, 20), occasion=occasion(world.by))
    add_note(order_id=order.pk, text="of two", line_no=2, occasion=occasion(world.by))
    add_note(order_id=order.pk, text="of all", occasion=occasion(world.by))
    told = story(desk_client, order, "?story=2")
    for sentence in ("Commit set, 2.1 to 20 Jan 2027", "Booked line 2 +12.00", "of two"):
        assert sentence in told
    assert "of all" not in told
    assert "Order entered" not in told
    assert "Nothing happened to line 9 yet." in story(desk_client, order, "?story=9")
    assert "Booked 3 lines" in story(desk_client, order, "?story=x")


def test_each_sentence_leads_to_its_ledger_rows(desk_client, world):
    order = book(world.by, world.sell_to, *[line_entry(world.product, 10, ship_to_id=world.ship_to.pk)] * 3)
    page = desk_client.get(f"{PATH}{order.pk}/").content.decode()
    found = re.search(r'<a href="([^"]+)">Booked 3 lines</a>', page)
    rows = list(OrderLedger.objects.filter(order=order).order_by("pk").values_list("pk", flat=True))
    assert found[1] == f"{PATH}{order.pk}/ledger/?rows={','.join(str(row) for row in rows)}"
    listed = body(desk_client.get(found[1]))
    assert "3 on this page of 3" in listed
    for row in rows:
        assert f"{row:,} 23 Nov 2026 Booked" in listed
    assert "1 on this page of 1" in body(desk_client.get(f"{PATH}{order.pk}/ledger/?line=2"))
    assert desk_client.get(f"{PATH}{order.pk}/ledger/?rows=1,x").status_code == 200


def test_the_ledger_is_one_of_the_pages_of_its_order(desk_client, world):
    order = book(world.by, world.sell_to, line_entry(world.product, 10, ship_to_id=world.ship_to.pk))
    page = desk_client.get(f"{PATH}{order.pk}/ledger/").text
    tabs = re.search(r'<nav class="views" aria-label="Pages of this order">(.*?)</nav>', page)[1]
    assert re.findall(r">([^<]+)</a>", tabs) == ["Order", "Compare versions", "Ledger"]
    assert f'<a href="{PATH}{order.pk}/ledger/" aria-current="page">Ledger</a>' in tabs
    # the rows of one sentence are of the same page
    assert 'aria-current="page">Ledger' in desk_client.get(f"{PATH}{order.pk}/ledger/?line=1").text


def test_the_ledger_of_an_order_shows_no_other_orders_rows(desk_client, world):
    one, two = (book(world.by, world.sell_to, line_entry(world.product, 10, ship_to_id=world.ship_to.pk)) for _ in "12")
    row = OrderLedger.objects.get(order=two)
    assert "Nothing matches" in body(desk_client.get(f"{PATH}{one.pk}/ledger/?rows={row.pk}"))


def test_the_number_of_statements_does_not_grow_with_the_story(desk_client, world, django_assert_num_queries):
    order = book(world.by, world.sell_to, *[line_entry(world.product, 10, ship_to_id=world.ship_to.pk)] * 3)
    # what is not there at all is not asked for
    add_note(order_id=order.pk, text="the first", occasion=occasion(world.by))
    attach_file(order_id=order.pk, name="a.txt", content=b"x", occasion=occasion(world.by))
    desk_client.get(f"{PATH}{order.pk}/")
    with django_assert_num_queries(40, exact=False) as few:
        desk_client.get(f"{PATH}{order.pk}/")
    schedules = list(order.schedules.all())
    for number in range(12):
        at = occasion(make_member(Role.SALES_OPS), at=NOW + number * HOUR)
        day = dt.date(2027, 1, 20) + dt.timedelta(days=number)
        set_commit(order_id=order.pk, schedule_id=schedules[number % 3].pk, to=day, occasion=at)
        add_note(order_id=order.pk, text=f"note {number}", occasion=at)
        attach_file(order_id=order.pk, name="a.txt", content=b"x", occasion=at)
    with django_assert_num_queries(len(few)):
        desk_client.get(f"{PATH}{order.pk}/")
