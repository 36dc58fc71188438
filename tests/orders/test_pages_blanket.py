"""A blanket on its page: what is released and left, the form that releases, links both ways."""

import datetime as dt
import uuid

import pytest
import time_machine

from orders.actions.set_validity import set_validity
from orders.choices import OrderType
from orders.models import Order
from tenancy.choices import Role
from tests.factories.orders import book, line_entry, occasion
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.orders.pages import PATH, body

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def blanket(world):
    lines = [
        line_entry(world.product, quantity, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
        for quantity in (1000, 500)
    ]
    return book(world.by, world.sell_to, *lines, order_type=OrderType.BLANKET, customer_po="BL-7")


def typed(blanket, first="", second="", **values):
    blanket.refresh_from_db()
    one, two = blanket.lines.order_by("line_no")
    return {
        "version": blanket.version,
        "customer_po": "BL-7/1",
        "request_date": "2027-02-01",
        f"quantity_{one.pk}": first,
        f"quantity_{two.pk}": second,
        **values,
    }


def url(blanket, verb="call-off"):
    return f"{PATH}{blanket.pk}/{verb}/"


def test_the_form_starts_with_what_is_left_and_the_next_number(desk_client, blanket):
    response = desk_client.get(url(blanket))
    assert "AUR-1 C 1,000" in body(response)
    assert 'value="BL-7/1"' in response.content.decode()


def test_a_release_is_entered_booked_and_linked_both_ways(desk_client, blanket):
    second = blanket.lines.get(line_no=2)
    data = typed(blanket, "400", "100", **{f"request_date_{second.pk}": "1 Mar 2027"})
    response = desk_client.post(url(blanket), data)
    order = Order.objects.get(blanket=blanket)
    assert response["Location"] == f"{PATH}{order.pk}/"
    dates = order.schedules.order_by("line__line_no").values_list("quantity", "request_date")
    assert list(dates) == [(400, dt.date(2027, 2, 1)), (100, dt.date(2027, 3, 1))]
    page = desk_client.get(f"{PATH}{order.pk}/")
    assert f"Releases from {blanket.number} blanket, PO BL-7" in body(page)
    assert url(blanket, "").replace("//", "/") in page.content.decode()
    text = body(desk_client.get(f"{PATH}{blanket.pk}/"))
    assert "Blanket 1,800.00 quantity 1,500, USD Released 600.00 quantity 500 Left to release 1,200.00" in text
    assert f"{order.number} BL-7/1 23 Nov 2026 Booked 500 600.00 600.00" in text
    assert "1.1 1,000 14 Jan 2027 – – 400 600" in text
    assert "Part released" in text


def test_the_same_click_twice_is_one_release(desk_client, blanket):
    data = typed(blanket, "400", click=str(uuid.uuid4()))
    first, second = (desk_client.post(url(blanket), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Order.objects.filter(blanket=blanket).count() == 1


def test_a_second_person_with_an_older_page_is_told(desk_client, blanket):
    older = typed(blanket, "400")
    desk_client.post(url(blanket), older)
    response = desk_client.post(url(blanket), {**older, "customer_po": "BL-7/2"})
    assert response.status_code == 409
    assert Order.objects.filter(blanket=blanket).count() == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"first": "1,001"}, "Line 1 of the blanket has 1,000 left to release."),
        ({}, "Say how many of which line are released."),
        ({"first": "0"}, "The quantity must be more than 0."),
        ({"first": "10", "request_date": "2026-11-01"}, "The request date 2026-11-01 is before 2026-11-23."),
        ({"first": "10", "request_date": ""}, "This field is required."),
        ({"first": "10", "customer_po": " "}, "This field is required."),
    ],
)
def test_refusals_keep_what_was_typed(desk_client, blanket, values, message):
    response = desk_client.post(url(blanket), typed(blanket, **values))
    assert response.status_code == 422
    assert message in body(response)
    if values.get("first"):
        assert f'value="{values["first"]}"' in response.content.decode()
    assert not Order.objects.filter(blanket=blanket).exists()


def test_a_last_day_is_set_shown_and_kept(desk_client, world, blanket):
    response = desk_client.post(url(blanket, "validity"), {"version": blanket.version, "valid_to": "2026-11-23"})
    assert response.status_code == 302
    assert "Last day 23 Nov 2026" in body(desk_client.get(f"{PATH}{blanket.pk}/"))
    with time_machine.travel(NOW + dt.timedelta(days=1)):
        assert "it has passed" in body(desk_client.get(f"{PATH}{blanket.pk}/"))
        refused = desk_client.post(url(blanket), typed(blanket, "10"))
    assert "ended on 23 Nov 2026" in body(refused)
    set_validity(order_id=blanket.pk, valid_to=None, occasion=occasion(world.by))
    wrong = desk_client.post(url(blanket, "validity"), {**typed(blanket), "valid_to": "2026-11-01"})
    assert "cannot end before" in body(wrong)


def test_a_blanket_offers_no_commit_and_no_dock(desk_client, blanket):
    page = desk_client.get(f"{PATH}{blanket.pk}/").content.decode()
    assert "/commit/" not in page
    assert f"{PATH}{blanket.pk}/release/" not in page
    assert url(blanket) in page


def test_the_partner_sees_what_it_has_released(client, world, blanket, desk_client):
    desk_client.post(url(blanket), typed(blanket, "400"))
    order = Order.objects.get(blanket=blanket)
    client.force_login(make_member(Role.PARTNER, party_id=world.sell_to.pk).user)
    text = body(client.get(f"{PATH}{blanket.pk}/"))
    assert f"{order.number} BL-7/1" in text
    assert f"Releases from {blanket.number}" in body(client.get(f"{PATH}{order.pk}/"))
    assert client.get(url(blanket)).status_code == 403
