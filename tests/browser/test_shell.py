"""The shell, the list and the form as a person uses them; a broken security policy fails in `browser_page`."""

import re

import pytest
from playwright.sync_api import expect

from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.browser.axe import violations
from tests.browser.roles import pass_the_door
from tests.factories.tenancy import make_member, make_user
from tests.ui.site import make_invitations, serve_sample_pages


@pytest.fixture
def site(settings):
    yield from serve_sample_pages(settings)


@pytest.fixture
def page(site, aurora, now, browser_page):
    """Signed in at Aurora by the login page itself, seven invitations there."""
    user = make_user("desk@aurora.example", "channel-oms-demo")
    with tenant_scope(aurora.pk):
        make_member(Role.ADMIN, user=user, sees_cost=True)
    make_invitations(aurora, now)
    browser_page.goto("/aurora/list/")
    expect(browser_page).to_have_url(re.compile("/accounts/login/"))
    pass_the_door(browser_page)
    expect(browser_page).to_have_url(re.compile("/aurora/list/$"))
    return browser_page


def first_cell(page):
    """The first that says something: before it stands the box that selects the row."""
    return page.locator("#list tbody tr").first.locator("td").nth(1)


def test_signing_in_needs_no_mouse(site, db, browser_page):
    browser_page.goto("/accounts/login/")
    expect(browser_page.locator("input[name=login]")).to_be_focused()


def test_axe_finds_nothing_before_signing_in(site, db, browser_page):
    for address in ("login", "password/reset", "signup", "nowhere"):
        browser_page.goto(f"/accounts/{address}/")
        assert violations(browser_page) == [], address


def test_paging_swaps_the_list_and_keeps_the_page_around_it(page):
    page.evaluate("document.body.dataset.stays = 'yes'")
    page.get_by_role("link", name="Older").click()
    expect(first_cell(page)).to_have_text("d@example.com")
    expect(page).to_have_url(re.compile(r"page=o"))
    assert page.evaluate("document.body.dataset.stays") == "yes"
    page.go_back()
    expect(first_cell(page)).to_have_text("g@example.com")


def test_headings_sort_and_filters_narrow_without_a_new_page(page):
    page.get_by_role("link", name="E-mail", exact=True).click()
    expect(first_cell(page)).to_have_text("a@example.com")
    page.keyboard.press("f")
    page.get_by_role("combobox", name="Role").select_option("finance")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#list tbody tr")).to_have_count(3)
    expect(first_cell(page)).to_have_text("b@example.com")
    page.get_by_label("Remove the filter Role").click()
    expect(first_cell(page)).to_have_text("a@example.com")


def test_keys_reach_search_rows_pages_and_the_form(page):
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("n/k")
    expect(page.get_by_role("searchbox")).to_have_value("n/k")
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    expect(first_cell(page)).to_have_text("d@example.com")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#list tbody tr.at td").nth(1)).to_have_text("c@example.com")
    page.keyboard.press("x")
    expect(page.get_by_text("1 selected")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("1 selected")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("c@example.com")
    page.keyboard.press("?")
    expect(page.get_by_text("Single letters work outside fields.")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/aurora/new/$"))


def test_columns_are_moved_and_the_view_is_saved(page):
    page.keyboard.press("c")
    page.get_by_role("button", name="Expires earlier").click()
    page.get_by_role("checkbox", name="Role", exact=True).uncheck()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#list thead th")).to_have_text(
        ["", "E-mail", "Party", "Expires", "Cost", "Invited ↓", "Invited by"]
    )
    page.get_by_text("Save this view").click()
    page.get_by_label("Name").fill("Without role")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Without role")).to_have_attribute("aria-current", "page")
    expect(page.get_by_text("View saved.")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("c")
    page.get_by_role("button", name="Usual columns").click()
    expect(page.locator("#list thead th")).to_have_count(8)


def test_all_of_a_page_are_selected_and_rows_are_chosen(page):
    page.get_by_label("Select all on this page").check()
    expect(page.get_by_text("3 selected")).to_be_visible()
    expect(page.get_by_label("all 7 that match")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("rows", exact=True).select_option("25")
    expect(page.locator("#list tbody tr")).to_have_count(7)


def test_errors_are_focused_and_nothing_typed_is_lost(page):
    page.goto("/aurora/new/")
    page.get_by_label("Email").fill("full@example.com")
    page.get_by_role("combobox").select_option("finance")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("All seats are taken.")
    expect(page.get_by_label("Email")).to_have_value("full@example.com")
    expect(page.get_by_role("combobox")).to_have_value("finance")


def test_the_theme_stays_chosen(page):
    page.get_by_text("desk@aurora.example").first.click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.goto("/aurora/new/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page, theme):
    for address in ("list/", "list/?q=zzz", "new/", "conflict/", "dock/"):
        page.goto(f"/aurora/{address}")
        page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme; }", theme)
        assert violations(page) == [], address


def test_narrow_screens_scroll_tables_and_never_the_page(page):
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto("/aurora/list/")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(page.locator(".side .txt").first).to_be_hidden()
