"""Freight accounts: in full for who edits them and for the dock, by their end for everybody else."""

import pytest

from fulfilment.actions.confirm_shipment import confirm_shipment
from tenancy.choices import Role
from tests.factories.orders import occasion
from tests.factories.tenancy import make_member
from tests.fulfilment.walk import answer, heavy_world, release, some_order
from tests.orders.pages import body

pytestmark = pytest.mark.usefixtures("noon")

FULL, OTHER = "7N-448-2201", "9X-777-4410"


@pytest.fixture
def request_on_account(world):
    """400 of 4,000 on the customer's account; the dock charged another one."""
    heavy_world(world)
    return release(world, some_order(world, 4_000))


def pages(request):
    shipment = request.shipments.get()
    return (
        f"/aurora/ship-requests/{request.pk}/",
        f"/aurora/shipments/{shipment.pk}/",
        "/aurora/exceptions/",
    )


def answered(world, request):
    confirm_shipment(answer=answer(request, 4_000, account_number=OTHER), occasion=occasion(world.by))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.FINANCE])
def test_who_cannot_edit_accounts_sees_how_they_end(client, world, request_on_account, role):
    answered(world, request_on_account)
    client.force_login(make_member(role).user)
    for path in (*pages(request_on_account), "/aurora/exceptions/?export=csv"):
        response = client.get(path)
        text = body(response)
        assert (FULL in text, OTHER in text) == (False, False), path
        assert "…2201" in text or "…4410" in text, path
        assert response.streaming or "/clear/" not in response.content.decode(), path
    for name in ("packet", "csv", "940"):
        path = f"/aurora/ship-requests/{request_on_account.pk}/{name}/"
        assert client.get(path).status_code == 403
        assert path not in client.get(pages(request_on_account)[0]).content.decode()


def test_who_edits_accounts_sees_them(client, world, request_on_account):
    answered(world, request_on_account)
    client.force_login(make_member(Role.SALES_OPS).user)
    request, shipment, exceptions = (body(client.get(path)) for path in pages(request_on_account))
    assert (FULL in request, OTHER in shipment, OTHER in exceptions) == (True, True, True)
    for path in pages(request_on_account)[1:]:
        assert "/clear/" in client.get(path).content.decode(), path


def test_the_list_on_an_order_says_how_the_account_ends(client, world, request_on_account):
    client.force_login(world.by.user)
    text = body(client.get(f"/aurora/orders/{request_on_account.order_id}/deliveries/"))
    assert "account …2201" in text
    assert FULL not in text


def test_release_is_offered_until_all_that_is_open_is_released(client, world):
    client.force_login(world.by.user)
    order = some_order(world)
    offered = f"/aurora/orders/{order.pk}/release/"
    page = f"/aurora/orders/{order.pk}/"
    assert offered in client.get(page).content.decode()
    release(world, order)
    assert offered not in client.get(page).content.decode()
