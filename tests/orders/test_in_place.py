"""Verbs inside the order's page: the form alone, errors and conflicts in the same place, nothing when it is done."""

import pytest

from orders.actions.change_quantity import change_quantity
from orders.models import OrderLedger, OrderNote
from tests.factories.orders import book, line_entry, occasion
from tests.orders.pages import PATH, body, hidden

pytestmark = pytest.mark.usefixtures("noon")

IN_PLACE = {"headers": {"X-In-Place": "1"}}
WHY = {"initiator": "customer", "reason_code": "demand", "reason": "called"}


@pytest.fixture
def order(client, world):
    client.force_login(world.by.user)
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    return book(world.by, world.sell_to, line, customer_po="PO 77")


@pytest.fixture
def address(order):
    return f"{PATH}{order.pk}/schedules/{order.schedules.get().pk}/quantity/"


def test_the_form_comes_alone(client, address):
    page = client.get(address, **IN_PLACE).content.decode()
    assert page.startswith('<div class="in-place"')
    assert "<html" not in page
    assert "<nav" not in page
    for name in ("csrfmiddlewaretoken", "click", "version", "quantity", "initiator", "reason_code", "reason"):
        assert f'name="{name}"' in page
    assert page.index('name="quantity"') < page.index('name="initiator"'), "what changes comes first"


def test_done_says_nothing_and_writes_the_row(client, order, address):
    version = order.lines.get().version
    response = client.post(address, {"quantity": "1,500", **WHY, "version": version}, **IN_PLACE)
    assert (response.status_code, response.content) == (204, b"")
    row = OrderLedger.objects.filter(order=order).order_by("-id").first()
    assert (row.verb, row.quantity_delta, row.reason_code, row.note) == ("qty_increased", 500, "demand", "called")
    assert "Quantity changed." in body(client.get(f"{PATH}{order.pk}/"))


def test_going_back_and_sending_something_else_loses_nothing(client, order):
    address = f"{PATH}{order.pk}/notes/add/"
    first = {"text": "first", "click": hidden(client.get(address), "click")}
    again = {**first, "text": "second"}
    answers = [client.post(address, typed) for typed in (first, first, again)]
    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "This was sent already, with other values." in body(answers[2])
    client.post(address, {**again, "click": hidden(answers[2], "click")})
    assert list(OrderNote.objects.order_by("pk").values_list("text", flat=True)) == ["first", "second"]


def test_an_error_comes_back_beside_its_field_with_what_was_typed(client, order, address):
    version = order.lines.get().version
    response = client.post(address, {"quantity": "1.5", **WHY, "version": version}, **IN_PLACE)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.startswith('<div class="in-place"')
    assert 'value="1.5"' in page
    assert "is-invalid" in page
    assert 'value="called"' in page


def test_a_conflict_comes_back_with_both_values(client, world, order, address):
    version, schedule = order.lines.get().version, order.schedules.get()
    change_quantity(order_id=order.pk, schedule_id=schedule.pk, quantity=4000, occasion=occasion(world.by))
    typed = {"quantity": "5000", **WHY, "version": version}
    response = client.post(address, typed, **IN_PLACE)
    assert response.status_code == 409
    assert response.content.decode().startswith('<div class="in-place"')
    assert "Quantity of this schedule 5,000 4,000" in body(response)
    again = {name: hidden(response, name) for name in (*typed, "click")}
    assert client.post(address, again, **IN_PLACE).status_code == 204
    assert order.schedules.get().quantity == 5000


def test_a_form_of_another_floor_opens_in_place_too(client, order):
    page = client.get(f"{PATH}{order.pk}/release/", **IN_PLACE).content.decode()
    assert page.startswith('<div class="in-place"')
    assert "<html" not in page
