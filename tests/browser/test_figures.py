"""The figures page as a person uses it."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from metrics.actions.run_nightly import run_nightly
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.browser.axe import violations
from tests.browser.roles import pass_the_door
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.tenancy import make_member, make_user
from tests.metrics.conftest import Cast
from tests.metrics.known_answer import write_known_answer
from tests.metrics.writer import make_slot

THEMES = ("light", "dark")


@pytest.fixture
def page(db, aurora, browser_page):
    """Signed in at Aurora, on the figures page of a month with the known answer in it."""
    at = timezone.now()
    user = make_user("desk@aurora.example", "channel-oms-demo")
    with tenant_scope(aurora.pk):
        make_member(Role.ADMIN, user=user)
        cast = Cast(aurora, make_sell_to("DISTI"), make_end_buyer("A"), make_end_buyer("B"), make_product("AUR-1"))
        write_known_answer(cast, at=at)
        for month in range(1, 11):
            day = dt.date(2026, month, 9)
            slot = make_slot(cast.sell_to, cast.a, make_product())
            slot.write("booked", 10, month * 1_000_00, day=day, at=at, to_date=dt.date(2026, 12, 1))
            if month % 3:
                slot.write("commit_set", day=day, at=at, to_date=day + dt.timedelta(days=45 * month % 400))
            slot.write("shipped", -4, -month * 400_00, day=day + dt.timedelta(days=9), at=at)
            slot.write("invoiced", 4, month * 400_00, day=day + dt.timedelta(days=9), at=at)
        run_nightly(night=dt.date(2026, 11, 22), at=at)
    browser_page.goto("/aurora/bookings/?as_of=2026-11-23")
    pass_the_door(browser_page)
    expect(browser_page.get_by_role("heading", name="Bookings, billings, backlog")).to_be_visible()
    return browser_page


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_has_no_accessibility_violations(page, theme):
    page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
    assert violations(page) == []


def test_a_figure_leads_to_its_ledger_rows_and_a_report_to_its_job(page):
    page.get_by_role("link", name="−60.00").first.click()
    expect(page.get_by_role("heading", name="Order ledger rows")).to_be_visible()
    expect(page.locator("#list tbody tr")).to_have_count(1)
    page.go_back()
    page.get_by_role("button", name="PDF").click()
    expect(page.get_by_text("Queued")).to_be_visible()


OTHER_PAGES = (
    "bookings/backlog/?due=late",
    "bookings/unbilled/",
    "bookings/snapshots/",
    "bookings/rows/?first=2026-11-01&last=2026-11-23",
    "reports/mail/",
    "reports/mail/new/",
    "reports/mail/sent/",
)


@pytest.mark.parametrize("theme", THEMES)
def test_the_pages_behind_it_have_none_either(page, theme):
    for address in OTHER_PAGES:
        page.goto(f"/aurora/{address}")
        page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
        assert (address, violations(page)) == (address, [])


def test_figures_are_sent_by_e_mail_from_a_form(page):
    page.get_by_role("link", name="By e-mail", exact=True).click()
    page.get_by_role("link", name="New subscription").first.click()
    page.get_by_label("Member", exact=True).select_option(label="desk@aurora.example, Administrator")
    page.get_by_label("How often").select_option("period_end")
    page.get_by_role("button", name="Send from now on").click()
    expect(page.get_by_text("The figures will be sent.")).to_be_visible()
    expect(page.get_by_text("Period end, 06:00")).to_be_visible()
