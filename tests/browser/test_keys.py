"""Worklists by keys alone, and what the keys leave behind: the focus, the row at hand, a list of keys that is true."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from catalog.models import Product
from orders.actions.enter_and_book import enter_and_book
from orders.models import Hold, Schedule
from tenancy.scope import tenant_scope
from tests.browser.entry import make_scene, sign_in
from tests.factories.orders import line_entry, occasion, order_entry

WORK = "/aurora/orders/work/"
HOLDS = "/aurora/orders/holds/"
# milliseconds for what the server does, however busy the machine is
PATIENCE = 15_000


@pytest.fixture
def scene(aurora):
    """Three orders: 1,000 of a part each, at the book price and one of them at a price that nobody agreed to."""
    with tenant_scope(aurora.pk):
        scene = make_scene()
        place = scene.sell_to.locations.get()
        product = Product.objects.get(sku="AUR-1")
        for number, price in enumerate((None, None, Decimal("1.00"))):
            line = line_entry(product, 1_000, ship_to_id=place.pk, customer_price=price)
            entry = order_entry(scene.sell_to, line, customer_po=f"PO {number}")
            enter_and_book(entry=entry, occasion=occasion(scene.desk))
        return scene


@pytest.fixture
def page(scene, browser_page, live_server):
    sign_in(browser_page, scene.desk.user, live_server.url)
    return browser_page


def go(page, address):
    page.goto(address)
    page.wait_for_load_state("domcontentloaded")


def listed_keys(page):
    page.keyboard.press("?")
    found = page.locator(".key-list kbd:visible").all_inner_texts()
    page.keyboard.press("Escape")
    return found


def test_a_commit_is_set_from_the_worklist_by_keys(page, aurora):
    go(page, WORK)
    expect(page.locator("#list tbody tr")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set commits", timeout=PATIENCE)
    expect(page.get_by_label("Date for all")).to_be_focused()
    page.keyboard.type("03012027")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 1 changed.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("link", name="Back to the list").last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    with tenant_scope(aurora.pk):
        assert Schedule.objects.filter(current_commit="2027-03-01").count() == 1


def test_a_hold_is_released_from_its_list_by_keys(page, aurora):
    go(page, HOLDS + "?sort=since")
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.get_by_role("heading", level=1)).to_have_text("Release the hold")
    page.keyboard.type("The buyer agreed by phone")
    page.keyboard.press("Enter")
    expect(page.get_by_text("line 1: hold released.")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"/aurora/orders/holds/\?sort=since$"))
    with tenant_scope(aurora.pk):
        assert Hold.objects.get().release_reason == "The buyer agreed by phone"


def test_who_comes_back_to_a_list_goes_on_at_the_row(page):
    go(page, "/aurora/orders/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    number = page.locator("#list tbody tr.at a").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(number)
    page.go_back()
    expect(page.locator("#list tbody tr.at a").first).to_have_text(number)
    page.goto("/aurora/orders/work/")
    page.goto("/aurora/orders/")
    expect(page.locator("#list tbody tr").first).to_be_visible()
    expect(page.locator("#list tbody tr.at")).to_have_count(0)


def test_the_list_of_keys_tells_of_this_page(page):
    go(page, WORK)
    assert listed_keys(page) == ["S", "M", "/", "N", "?", "Esc", "J", "K", "X", "Enter", "F", "C", "E"]
    go(page, "/aurora/people/preferences/")
    page.keyboard.press("Escape")
    assert listed_keys(page) == ["/", "N", "?", "Esc"]


def test_the_focus_stays_with_what_was_used_when_the_list_is_swapped(page):
    go(page, "/aurora/orders/")
    page.locator("#list thead a").first.focus()
    heading = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort="))
    expect(page.locator(f"#{heading}")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.get_by_role("checkbox", name="Lines", exact=True).uncheck()
    page.get_by_role("button", name="Apply").press("Enter")
    expect(page.locator("#list thead")).not_to_contain_text("Lines")
    expect(page.locator("#list-columns")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#list-columns")).to_be_focused()
