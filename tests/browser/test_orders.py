"""The order desk's day in a browser: a purchase order typed by keyboard alone, then changed."""

import re

import pytest
from playwright.sync_api import expect

from tenancy.scope import tenant_scope
from tests.browser.axe import violations
from tests.browser.entry import NEW, Keyboard, make_scene, settle, sign_in, type_header


@pytest.fixture
def scene(aurora):
    """Committed, as the server sees it."""
    with tenant_scope(aurora.pk):
        return make_scene()


@pytest.fixture
def page(scene, browser_page, live_server):
    sign_in(browser_page, scene.desk.user, live_server.url)
    browser_page.goto(NEW)
    yield browser_page
    settle(browser_page)


def type_order(page):
    """Only keys: what is typed into each field, in the order in which Tab and Enter reach them."""
    expect(page.get_by_label("Sell-to")).to_be_focused()
    keys = Keyboard(page)
    type_header(keys)
    for code in ("A", "B", "C"):
        keys.fields("AUR-1", "1,000")
        keys.type(code)
        keys.press("Control+Enter")


def test_three_lines_by_keyboard_resolved_and_booked(page):
    type_order(page)
    expect(page.locator("#totals")).to_contain_text("USD\u00a03,350.00")
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
    expect(page.get_by_role("alert").first).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="row 1 quantity").click()
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
    expect(page).to_have_url(re.compile(r"/aurora/orders/\d+/$"))
    page.set_viewport_size({"width": width, "height": 900})
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    order = page.url
    lists = ("/aurora/orders/", "/aurora/orders/schedules/", "/aurora/orders/holds/", "/aurora/orders/drafts/")
    for address in (order, *lists, NEW):
        page.goto(address)
        assert violations(page) == [], address


def test_the_find_box_is_worked_by_keys(page):
    type_order(page)
    page.keyboard.press("F9")
    expect(page).to_have_url(re.compile(r"/aurora/orders/\d+/$"))
    page.goto("/aurora/orders/work/")
    page.keyboard.press("/")
    page.keyboard.type("4711")
    expect(page.locator("#found h3")).to_have_text("Orders")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_empty()
    page.get_by_role("searchbox").fill("nor")
    expect(page.locator("#found h3")).to_have_text("Parties")
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Northgate Components")


def test_the_find_box_says_when_there_is_no_answer(page):
    page.goto("/aurora/orders/work/")
    page.route("**/search/**", lambda route: route.abort())
    page.keyboard.press("/")
    page.keyboard.type("nor")
    expect(page.locator("#found")).to_have_text("No answer came. Type on, or press Enter to ask again.")
    page.unroute("**/search/**")
    page.keyboard.type("t")
    expect(page.locator("#found h3")).to_have_text("Parties")


def test_what_is_typed_before_the_page_listens_is_found(page):
    # a busy machine: what scripts put off to the next moment comes late
    page.add_init_script("""
        const later = window.setTimeout;
        window.setTimeout = (done, wait, ...rest) => later(done, wait || 1500, ...rest);
    """)
    page.goto("/aurora/orders/work/")
    page.keyboard.press("/")
    page.keyboard.type("nor")
    expect(page.locator("#found h3")).to_have_text("Parties")
