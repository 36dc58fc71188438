"""Holds by their page: released by who may, with a reason, or not to be waved through."""

from decimal import Decimal

import pytest

from orders.actions.enter_and_book import enter_and_book
from orders.choices import LineStatus
from orders.models import Hold
from tenancy.choices import Role
from tests.factories.catalog import make_product
from tests.factories.orders import line_entry, occasion, order_entry
from tests.factories.tenancy import make_member
from tests.orders.pages import PATH, body

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def differing(world):
    """A hold because the PO's price is another."""
    line = line_entry(world.product, 10, customer_price=Decimal(1), ship_to_id=world.ship_to.pk)
    enter_and_book(entry=order_entry(world.sell_to, line), occasion=occasion(world.by))
    return Hold.objects.get(kind="price_differs")


def release(hold):
    return f"{PATH}{hold.order_id}/holds/{hold.pk}/release/"


def test_release_books_the_line(desk_client, world, differing):
    refused = desk_client.post(release(differing), {"reason": " "})
    assert refused.status_code == 422
    assert desk_client.post(release(differing), {"reason": "our price stands"}).status_code == 302
    differing.refresh_from_db()
    assert (differing.released_by, differing.release_reason) == (world.by, "our price stands")
    assert differing.line.status == LineStatus.BOOKED
    again = desk_client.post(release(differing), {"reason": "again"})
    assert again.status_code == 422
    assert "This hold is released already." in body(again)


def test_who_released_from_the_list_goes_back_to_it_as_it_was(desk_client, differing):
    listed = f"{PATH}holds/?kind=price_differs"
    page = desk_client.get(release(differing), headers={"referer": f"http://testserver{listed}"}).text
    assert f'name="at" value="{listed}"' in page
    done = desk_client.post(release(differing), {"reason": "our price stands", "at": listed})
    assert done["Location"] == listed
    assert f"{differing.order.number} line 1: hold released." in body(desk_client.get(listed))


def test_a_release_leads_to_no_page_but_the_list_and_the_order(desk_client, differing):
    away = {"reason": "our price stands", "at": "https://elsewhere.example/aurora/parties/"}
    done = desk_client.post(release(differing), away)
    assert done["Location"] == f"{PATH}{differing.order_id}/"


def test_release_asks_for_the_right_of_its_kind(client, world, differing):
    client.force_login(make_member(Role.FINANCE).user)
    assert client.post(release(differing), {"reason": "fine"}).status_code == 403
    client.force_login(make_member(Role.PARTNER, party_id=world.sell_to.pk).user)
    assert client.get(release(differing)).status_code == 403
    client.force_login(make_member(Role.MANAGER).user)
    assert client.post(release(differing), {"reason": "fine"}).status_code == 302


def test_a_missing_price_cannot_be_waved_through(desk_client, world):
    line = line_entry(make_product("BARE"), 10, ship_to_id=world.ship_to.pk)
    enter_and_book(entry=order_entry(world.sell_to, line), occasion=occasion(world.by))
    hold = Hold.objects.get()
    assert "Mend its cause, then check the order again." in body(desk_client.get(release(hold)))
    response = desk_client.post(release(hold), {"reason": "please"})
    assert response.status_code == 422
    assert "cannot be waved through" in body(response)


def test_the_list_offers_release_to_whom_the_kind_asks_for(client, world, differing):
    for role, is_offered in ((Role.SALES_OPS, True), (Role.MANAGER, True), (Role.FINANCE, False)):
        client.force_login(make_member(role).user)
        page = client.get(f"{PATH}holds/").text
        assert differing.order.number in page
        assert (release(differing) in page) is is_offered, role
