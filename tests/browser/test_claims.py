"""A claim worked by keyboard."""

import pytest
from playwright.sync_api import expect

from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.browser.axe import violations
from tests.browser.roles import pass_the_door
from tests.channel_inventory.claims.shop import Shop, claim_of, value
from tests.factories.parties import make_sell_to
from tests.factories.tenancy import make_member, make_user

THEMES = ("light", "dark")


@pytest.fixture
def shop(db, aurora):
    with tenant_scope(aurora.pk):
        user = make_user("desk@aurora.example", "channel-oms-demo")
        make_member(Role.ADMIN, user=user, sees_cost=True)
        shop = Shop(make_sell_to("NGC", name="Northgate Components"))
        shop.agree("105", number="SPA-1077", cap_qty=2_550)
        sale = shop.sell(2_500, (1_000, "120"), (1_500, "115"))
        value(sale, shop.sell(100), shop.sell(60, invoice_date="2026-06-01"))
        shop.claim = claim_of(sale).claim
        return shop


@pytest.fixture
def page(shop, browser_page):
    browser_page.goto(f"/aurora/channel/claims/{shop.claim.pk}/")
    pass_the_door(browser_page)
    expect(browser_page.get_by_role("heading", name=shop.claim.number)).to_be_visible()
    browser_page.wait_for_load_state("domcontentloaded")
    return browser_page


def decided(page):
    expect(page.get_by_text("1 decided.")).to_be_visible()
    # the keys work once the deferred scripts have run
    page.wait_for_load_state("domcontentloaded")


def test_lines_are_approved_and_denied_by_keyboard(page):
    """The cap of 2,550 leaves 50 for the second line."""
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Approve claim lines")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Enter")
    decided(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Approve")).to_be_focused()
    page.keyboard.press("Enter")
    decided(page)
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Deny")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list tbody tr .chip.is-bad")).to_have_text(["Denied"])
    expect(page.locator("#list tbody")).to_contain_text("750.00")


def test_keys_go_on_from_the_boxes_that_were_ticked_with_a_mouse(page):
    page.locator("#list thead input[type=checkbox]").click()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Approve claim lines")).to_be_visible()
    expect(page.locator("main input[name=seen]")).to_have_count(3)


@pytest.mark.parametrize("theme", THEMES)
def test_the_receipt_and_the_list_are_accessible_and_fit_a_tablet(page, theme):
    page.set_viewport_size({"width": 834, "height": 1100})
    page.get_by_role("link", name="AUR").nth(1).click()
    expect(page.get_by_text("100 × (120.00 − 105.00) = 1,500.00")).to_be_visible()
    page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
