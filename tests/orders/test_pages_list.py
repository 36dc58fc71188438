"""The list of orders and the worklists over HTTP."""

import csv
import datetime as dt
import io

import pytest

from orders.actions.cancel_line import cancel_line
from orders.actions.enter_and_book import enter_and_book
from orders.actions.set_commit import set_commit
from orders.models import Hold, Order
from tenancy.choices import Role
from tests.factories.catalog import make_product
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.factories.parties import make_sell_to
from tests.factories.pricing import make_price_list
from tests.factories.tenancy import make_member
from tests.orders.pages import PATH, body

pytestmark = pytest.mark.usefixtures("noon")

COMMIT = dt.date(2027, 2, 1)


@pytest.fixture
def orders(world):
    """Four orders, oldest first: booked for A and B, another sell-to's, one on hold, one cancelled."""
    place = world.ship_to.pk
    lines = [line_entry(world.product, 1000, end_buyer_id=each.pk, ship_to_id=place) for each in (world.a, world.b)]
    first = book(world.by, world.sell_to, *lines, customer_po="NG-77 01")
    for schedule in first.schedules.all():
        set_commit(order_id=first.pk, schedule_id=schedule.pk, to=COMMIT, occasion=occasion(world.by))
    south = make_sell_to("SOUTH", name="South Parts", currency="EUR")
    make_price_list(world.product, "2.00", party=south, currency="EUR", code="SOUTH-EUR")
    late = line_entry(world.product, 5, ship_to_id=place, request_date=dt.date(2027, 6, 1))
    second = book(world.by, south, late, customer_po="ng-7702", currency="EUR", order_date=dt.date(2026, 11, 20))
    bare = line_entry(make_product("BARE"), 10, ship_to_id=place)
    third = enter_and_book(entry=order_entry(world.sell_to, bare, customer_po="X1"), occasion=occasion(world.by)).order
    fourth = book(world.by, world.sell_to, line_entry(world.product, 7, ship_to_id=place), customer_po="X2")
    why = occasion(world.by, reason_code="duplicate")
    cancel_line(order_id=fourth.pk, line_id=fourth.lines.get().pk, occasion=why)
    return [Order.objects.get(pk=each.pk) for each in (first, second, third, fourth)]


def listed(response):
    text = body(response)
    return [order.number for order in Order.objects.order_by("-id") if order.number in text]


def numbers(orders, *places):
    return [orders[place].number for place in places]


def test_columns_that_stand_back_on_a_narrow_screen_are_named_and_come_when_chosen(desk_client, orders):
    page = desk_client.get(PATH).text
    assert '<th scope="col" class="num wide-only">Value</th>' in page
    assert "Too wide for this screen: End buyer, Lines, Value, Days, Entered." in page
    chosen = desk_client.get(f"{PATH}?cols=order&cols=value").text
    assert '<th scope="col" class="num">Value</th>' in chosen
    assert "Too wide for this screen" not in chosen


def test_newest_first_with_what_matters_of_each(desk_client, orders):
    response = desk_client.get(PATH)
    assert listed(response) == numbers(orders, 3, 2, 1, 0)
    text = body(response)
    assert "NG-77 01 NORTH 2 end buyers Booked 2 2,150.00 2,150.00 USD 14 Jan 27 01 Feb 27" in text
    assert "ng-7702 SOUTH – Booked 1 10.00 10.00 EUR 01 Jun 27 none" in text
    assert "X1 NORTH – 1 hold 1 0.00 0.00 USD" in text
    assert "X2 NORTH – Cancelled 1 0.00 0.00 USD" in text


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ({"q": "ng-77"}, (1, 0)),
        ({"q": "NG-7701"}, (0,)),
        ({"q": "ng-77 02"}, (1,)),
        ({"q": "%"}, ()),
        ({"sell_to": "north"}, (3, 2, 0)),
        ({"sell_to": "South Parts"}, (1,)),
        ({"end_buyer": "B"}, (0,)),
        ({"status": "open"}, (2, 1, 0)),
        ({"status": "cancelled"}, (3,)),
        ({"held": "yes"}, (2,)),
        ({"held": "no"}, (3, 1, 0)),
        ({"commit": "none"}, (1,)),
        ({"ordered_before": "2026-11-20"}, (1,)),
        ({"requested_after": "2027-02-01"}, (1,)),
        ({"requested_after": "2027-06-01", "requested_before": "2027-06-01"}, (1,)),
        ({"requested_after": "2027-06-02", "requested_before": "2027-06-30"}, ()),
        ({"status": "booked", "sell_to": "SOUTH"}, (1,)),
    ],
)
def test_each_filter_finds_its_orders(desk_client, orders, query, places):
    assert listed(desk_client.get(PATH, query)) == numbers(orders, *places)


def test_an_order_number_finds_its_order_whole_or_by_its_last_part(desk_client, orders):
    number = orders[1].number
    assert listed(desk_client.get(PATH, {"q": number.lower()})) == [number]
    assert listed(desk_client.get(PATH, {"q": number.rpartition("-")[2]})) == [number]


def test_an_unknown_party_is_said_with_the_nearest(desk_client, orders):
    response = desk_client.get(PATH, {"sell_to": "Northgate Componets"})
    assert listed(response) == []
    assert "is not known. Nearest: NORTH (Northgate Components)." in body(response)


def test_po_prefix_is_answered_by_an_index_condition(desk_client, orders, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as captured:
        desk_client.get(PATH, {"q": "ng-77"})
    asked = [query["sql"] for query in captured.captured_queries if "customer_po_key" in query["sql"]]
    assert any("~>=~ 'NG-77'" in sql and "LIKE" not in sql for sql in asked)


def test_older_and_newer_lead_forth_and_back(desk_client, orders, monkeypatch):
    monkeypatch.setattr("orders.views.lists.OrderList.page_rows", 3)
    first = desk_client.get(PATH)
    assert listed(first) == numbers(orders, 3, 2, 1)
    older = first.context["page"].older
    second = desk_client.get(PATH + older)
    assert listed(second) == numbers(orders, 0)
    assert listed(desk_client.get(PATH + second.context["page"].newer)) == numbers(orders, 3, 2, 1)


def test_sorts_by_po_date(desk_client, orders):
    response = desk_client.get(PATH, {"sort": "ordered"})
    assert response.context["page"].rows[0].number == orders[1].number


def test_a_span_of_requests_comes_soonest_first_unless_another_order_is_asked_for(desk_client, orders):
    span = {"requested_after": "2027-01-01", "requested_before": "2027-12-31"}
    soonest = [row.number for row in desk_client.get(PATH, span).context["page"].rows]
    assert soonest == numbers(orders, 0, 2, 3, 1)
    newest = [row.number for row in desk_client.get(PATH, {**span, "sort": "-entered"}).context["page"].rows]
    assert newest == numbers(orders, 3, 2, 1, 0)


def test_orders_without_a_request_are_not_lost_to_an_order_by_request(desk_client, orders):
    assert len(desk_client.get(PATH, {"sort": "requested"}).context["page"].rows) == 4


def test_a_span_of_po_dates_is_read_by_po_date(desk_client, orders):
    response = desk_client.get(PATH, {"ordered_after": "2026-11-01"})
    assert [row.number for row in response.context["page"].rows] == numbers(orders, 3, 2, 0, 1)


def test_csv_carries_the_same_columns_as_plain_values(desk_client, orders):
    response = desk_client.get(PATH, {"export": "csv", "sell_to": "NORTH", "sort": "entered"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Order"] for row in rows] == numbers(orders, 0, 2, 3)
    assert rows[0]["Value"] == "2150.00"
    assert rows[0]["End buyer"] == "2 end buyers"
    assert rows[0]["Commit"] == "2027-02-01"


def test_open_holds_with_their_release(desk_client, orders):
    response = desk_client.get(PATH + "holds/")
    hold = Hold.objects.get(order=orders[2])
    assert "No price" in body(response)
    assert f"{PATH}{orders[2].pk}/holds/{hold.pk}/release/" in response.content.decode()
    assert "Nothing matches" in body(desk_client.get(PATH + "holds/", {"kind": "credit"}))


def test_open_schedules_without_commit_or_late(desk_client, orders):
    path = PATH + "schedules/"
    assert listed(desk_client.get(path)) == numbers(orders, 1, 0)
    assert listed(desk_client.get(path, {"due": "uncommitted"})) == numbers(orders, 1)
    assert listed(desk_client.get(path, {"due": "committed"})) == numbers(orders, 0)
    assert listed(desk_client.get(path, {"part": "AUR-1", "sell_to": "SOUTH"})) == numbers(orders, 1)
    assert listed(desk_client.get(path, {"due": "late"})) == []


def test_an_empty_list_leads_to_the_form(desk_client):
    response = desk_client.get(PATH)
    assert "No orders yet" in body(response)
    assert f'href="{PATH}new/"' in response.content.decode()


@pytest.mark.parametrize("address", ["holds/", "schedules/"])
def test_worklists_are_not_for_partners(client, world, address):
    member = make_member(Role.PARTNER, party_id=world.sell_to.pk)
    client.force_login(member.user)
    assert client.get(PATH + address).status_code == 403
