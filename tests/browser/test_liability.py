"""The liability page as a person uses it."""

import pytest
from playwright.sync_api import expect

from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.browser.axe import violations
from tests.browser.roles import pass_the_door
from tests.channel_inventory.liability.claim_book import ClaimBook
from tests.channel_inventory.liability.conftest import accrue
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_member, make_user

THEMES = ("light", "dark")
PAGES = ("", "rows/?last=2026-11-23&currency=USD")


@pytest.fixture
def page(db, aurora, browser_page):
    """Signed in at Aurora, whose one partner has one claim that waits."""
    user = make_user("desk@aurora.example", "channel-oms-demo")
    with tenant_scope(aurora.pk):
        make_member(Role.ADMIN, user=user, sees_cost=True)
        agreed = make_agreement(make_product("AUR-1"), "1", mechanism="ship_and_debit", end_buyer=make_end_buyer())
        accrue(ClaimBook(make_sell_to("NGC", name="Northgate Components")).line(agreed, 3_000_000))
    browser_page.goto("/aurora/channel/liability/?as_of=2026-11-23")
    pass_the_door(browser_page)
    expect(browser_page.get_by_role("heading", name="Rebate liability")).to_be_visible()
    return browser_page


@pytest.mark.parametrize("theme", THEMES)
def test_the_pages_have_no_accessibility_violations(page, theme):
    for address in PAGES:
        page.goto(f"/aurora/channel/liability/{address}")
        page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
        assert (address, violations(page)) == (address, [])


def test_a_figure_leads_to_its_rows_and_a_report_to_its_job(page):
    page.get_by_role("link", name="30,000.00").first.click()
    expect(page.get_by_role("heading", name="Liability ledger rows")).to_be_visible()
    expect(page.locator("#list tbody tr")).to_have_count(1)
    page.go_back()
    page.get_by_role("button", name="PDF").click()
    expect(page.get_by_text("Queued")).to_be_visible()


def test_the_page_is_no_wider_than_a_tablet(page):
    page.set_viewport_size({"width": 834, "height": 1100})
    assert page.evaluate("document.documentElement.scrollWidth") <= 834
