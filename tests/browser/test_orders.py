"""The order desk's day in a browser: a purchase order typed by keyboard alone, then changed."""

import re
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from pricing.choices import Mechanism
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_location, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list
from tests.factories.shipping import make_rule, make_terms
from tests.factories.tenancy import make_member

NEW = "/aurora/orders/new/"


@pytest.fixture
def scene(aurora):
    """Committed, as the server sees it: one part at book 1.20, A direct at 0.95, B ship and debit at 0.98, C none."""
    with tenant_scope(aurora.pk):
        sell_to = make_sell_to("NORTH", name="Northgate Components")
        product = make_product("AUR-1", description="Regulator")
        make_price_list(product, "1.20", party=sell_to, code="BOOK")
        a, b, _ = (make_end_buyer(code) for code in ("A", "B", "C"))
        make_agreement(product, "0.95", end_buyer=a, sell_to=sell_to, number="SPA-A")
        debit = Mechanism.SHIP_AND_DEBIT
        make_agreement(product, "0.98", end_buyer=b, sell_to=sell_to, mechanism=debit, number="SPA-B")
        make_location(sell_to)
        make_rule(make_terms())
        return SimpleNamespace(desk=make_member(Role.ADMIN, sees_cost=True))


@pytest.fixture
def page(scene, client, browser_page, live_server):
    client.force_login(scene.desk.user)
    name = settings.SESSION_COOKIE_NAME
    browser_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    browser_page.goto(NEW)
    return browser_page


def type_order(page):
    """Only keys: what is typed into each field, in the order in which Tab reaches them."""
    expect(page.get_by_label("Sell-to")).to_be_focused()
    for text in ("NORTH", "PO 4711"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_label("New lines: ship-to")).to_be_focused()
    page.keyboard.type("MAIN")
    page.keyboard.press("Tab")
    page.keyboard.type("14 Jan 2027")
    for code in ("A", "B", "C"):
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        for text in ("AUR-1", "1,000", code):
            page.keyboard.type(text)
            page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def test_three_lines_by_keyboard_checked_and_booked(page):
    type_order(page)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("USD 3,350.00")).to_be_visible()
    expect(page.get_by_label("Row 2 part")).to_have_value("AUR-1")
    assert violations(page) == []
    page.keyboard.press("F9")
    expect(page).to_have_url(re.compile(r"/aurora/orders/\d+/$"))
    expect(page.get_by_text("3 lines booked.")).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("1,000 × 0.95 = 950.00"))).to_be_visible()
    assert page.locator("main").inner_text().count("1,000 × 1.20 = 1,200.00") == 2
    page.locator("summary", has_text="SPA-B rev 1 (ship and debit)").click()
    expect(page.get_by_text("0.22 each, 220.00 USD")).to_be_visible()
    assert violations(page) == []


def test_what_is_wrong_is_focused_and_nothing_is_lost(page):
    type_order(page)
    page.get_by_label("Row 1 quantity").fill("1.000")
    page.keyboard.press("F9")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="row 1 quantity").click()
    expect(page.get_by_label("Row 1 quantity")).to_be_focused()
    expect(page.get_by_label("Row 3 end buyer")).to_have_value("C")
    assert violations(page) == []


def test_two_people_change_one_line(page):
    type_order(page)
    page.keyboard.press("F9")
    expect(page).to_have_url(re.compile(r"/aurora/orders/\d+/$"))
    other = page.context.new_page()
    other.goto(page.url)
    for each in (page, other):
        each.get_by_role("button", name="Change schedule 1.1").click()
        each.get_by_role("link", name="Quantity…").click()
        expect(each.get_by_label("Quantity of this schedule")).to_be_focused()
    for each, quantity in ((other, "4000"), (page, "5000")):
        each.get_by_label("Quantity of this schedule").fill(quantity)
        each.get_by_role("button", name="Change it").click()
    expect(page.get_by_role("group", name="Changed meanwhile")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Save mine over it").click()
    expect(page.get_by_role("cell", name=re.compile("5,000 × 0.95 = 4,750.00"))).to_be_visible()
    expect(page.get_by_role("button", name="Change schedule 1.1")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 820])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_lists_and_order(page, live_server, width, theme):
    type_order(page)
    page.keyboard.press("F9")
    page.set_viewport_size({"width": width, "height": 900})
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    order = page.url
    for address in (order, "/aurora/orders/", "/aurora/orders/schedules/", "/aurora/orders/holds/", NEW):
        page.goto(address)
        assert violations(page) == [], address
