"""What helps to enter an order: look-ups while somebody types, and an order taken again."""

import pytest

from catalog.models import PartNumber
from orders.models import Order
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_location, make_sell_to
from tests.orders.pages import PATH, body, three_lines, typed
from tests.orders.sheets import ask, content

pytestmark = pytest.mark.usefixtures("noon")

LOOK_UP = PATH + "new/look-up/"


def values(client, kind, q="", **asked):
    answer = client.get(LOOK_UP, {"kind": kind, "q": q, **asked})
    return [option["value"] for option in answer.json()["options"]]


def test_parts_are_found_by_their_number_ours_and_words(desk_client, world):
    make_product("AUR-2", description="Inductor coil")
    make_product("OLD-1", description="Coil of old", lifecycle="obsolete")
    PartNumber.objects.create(product=world.product, party=world.sell_to, number="AU-77")
    assert values(desk_client, "part", "au", sell_to="NORTH") == ["AU-77", "AUR-1", "AUR-2"]
    assert values(desk_client, "part", "au") == ["AUR-1", "AUR-2"]
    assert values(desk_client, "part", "COIL") == ["AUR-2"]
    assert values(desk_client, "part", "zzz") == []


def test_parties_are_found_by_role_code_and_name(desk_client):
    make_end_buyer("VANTAGE", name="Vantage Medical")
    assert values(desk_client, "end_buyer", "van") == ["VANTAGE"]
    assert values(desk_client, "end_buyer", "medic") == ["VANTAGE"]
    assert values(desk_client, "sell_to", "van") == []
    assert values(desk_client, "sell_to", "northgate") == ["NORTH"]


def test_places_of_the_order_come_first_and_sites_are_apart(desk_client):
    other = make_location(make_sell_to("OTHER"), "DOCK")
    assert values(desk_client, "ship_to", "", sell_to="NORTH") == ["NORTH/MAIN"]
    assert values(desk_client, "ship_to", "oth", sell_to="NORTH") == [f"OTHER/{other.code}"]
    assert values(desk_client, "ship_from", "") == ["SITE/PEN"]


def test_nothing_of_another_tenant_is_offered(desk_client, kestrel):
    with tenant_scope(kestrel.pk):
        make_product("AUR-9")
        make_end_buyer("ZED")
    assert values(desk_client, "part", "aur") == ["AUR-1"]
    assert values(desk_client, "end_buyer", "zed") == []


def test_a_look_up_that_is_not_there_is_refused(desk_client):
    assert desk_client.get(LOOK_UP, {"kind": "password"}).status_code == 400


def test_the_site_of_the_header_is_that_of_every_line(desk_client, world):
    desk_client.post(PATH + "new/", typed(*three_lines(), default_ship_from="SITE/PEN"))
    assert set(Order.objects.get().lines.values_list("ship_from", flat=True)) == {world.site.pk}
    refused = ask(desk_client, content(default_ship_from="nowhere")).json()
    assert refused["header"]["errors"] == {"default_ship_from": "“nowhere” is not known."}


def test_an_order_is_taken_again_without_its_po_and_dates(desk_client):
    rows = [*three_lines(), {"part": "AUR-1", "quantity": "5", "override_price": "1", "override_reason": "gift"}]
    desk_client.post(PATH + "new/", typed(*rows))
    first = Order.objects.get()
    page = desk_client.get(PATH + "new/", {"from": first.number.rpartition("-")[2]})
    assert page.context["header"]["sell_to"].value() == "NORTH"
    assert page.context["header"]["customer_po"].value() is None
    lines = page.context["lines"].forms
    assert [(form["part"].value(), form["quantity"].value(), form["end_buyer"].value()) for form in lines] == [
        ("AUR-1", "1,000", "A"), ("AUR-1", "1,000", "B"), ("AUR-1", "1,000", "C"), ("AUR-1", "5", None),
        (None, None, None),
    ]  # fmt: skip
    assert {form["override_price"].value() for form in lines} == {None}
    assert "is-invalid" not in page.content.decode()
    assert Order.objects.count() == 1


def test_an_order_that_is_not_there_cannot_be_taken_again(desk_client, kestrel):
    page = desk_client.get(PATH + "new/", {"from": "SO-26-999999"})
    assert "There is no order SO-26-999999." in body(page)
    assert "There is no order SO." in body(desk_client.get(PATH + "new/", {"from": "S\0O"}))
