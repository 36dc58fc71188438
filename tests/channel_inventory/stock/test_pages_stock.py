import pytest

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.post_stock import post_stock
from channel_inventory.models import StockPosition
from tenancy.choices import Role
from tests.factories.catalog import make_product
from tests.factories.channel_stock import invoice_to, reported, sold
from tests.factories.parties import make_location, make_sell_to
from tests.factories.tenancy import make_member
from tests.fixtures import NOW


@pytest.fixture
def position(desk):
    partner, product = make_sell_to("NORTH", name="Northgate"), make_product("AUR-1")
    reported(make_location(partner), product, 70)
    invoice_to(partner, product, 100, "120.25")
    catch_up_sell_in(at=NOW)
    post_stock(pos_line_ids=[sold(partner, product, 35).pk], by=None, at=NOW)
    return StockPosition.objects.get()


def text(client, member, path):
    client.force_login(member.user)
    response = client.get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def test_the_list_shows_stock_gap_and_weeks(client, desk, position):
    page = text(client, desk, "/aurora/channel/stock/")
    assert "Northgate" in page
    assert "AUR-1" in page
    assert "24.1" in page  # 65 × 13 ÷ 35
    assert "Unexplained" in page


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ("differs=true", True),
        ("differs=false", False),
        ("building_up=true", False),
        ("no_demand=true", False),
        ("gap=unexplained", True),
        ("gap=none", False),
        ("partner=north&part=aur", True),
        ("partner=south", False),
    ],
)
def test_the_list_is_filtered(client, desk, position, query, is_shown):
    assert ("AUR-1</a>" in text(client, desk, f"/aurora/channel/stock/?{query}")) is is_shown


def test_the_export_holds_what_the_list_shows(client, desk, position):
    found = text(client, desk, "/aurora/channel/stock/?export=csv").splitlines()
    assert found[1].split(",")[:3] == ["Northgate", "AUR-1", "65"]


def test_one_product_shows_its_places_layers_and_rows(client, desk, position):
    page = text(client, desk, f"/aurora/channel/stock/{position.pk}/")
    for shown in ("120.25", "Sell-in", "Point of sale", "no location told", "+5"):
        assert shown in page


def test_costs_are_for_those_who_may_see_them(client, desk, position):
    member = make_member(Role.SALES_OPS, sees_cost=False)
    for path in (f"stock/{position.pk}/", "stock/layers/", "stock/layers/?export=csv"):
        assert "120.25" in text(client, desk, f"/aurora/channel/{path}")
        assert "120.25" not in text(client, member, f"/aurora/channel/{path}")


def test_ledger_rows_and_layers_are_listed(client, desk, position):
    rows = text(client, desk, "/aurora/channel/stock/ledger/?kind=pos&partner=north")
    assert "-35" in rows.replace("−", "-")
    assert "AUR-1" in text(client, desk, "/aurora/channel/stock/layers/?is_open=true")
    assert "120.25" not in text(client, desk, "/aurora/channel/stock/layers/?is_open=false")
