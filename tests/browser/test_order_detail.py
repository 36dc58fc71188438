"""Sales operations work on one order by keyboard alone: every verb in place, the page current after each."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from orders.models import Order, OrderLedger
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.browser.axe import violations
from tests.factories.orders import book, line_entry
from tests.factories.tenancy import make_member
from tests.world import make_world

PASSWORD = "correct horse battery"


@pytest.fixture
def order(aurora):
    """Three booked lines of 1,000 at 1.20, committed to the database, as the server sees it."""
    with tenant_scope(aurora.pk):
        desk = make_member(Role.ADMIN, sees_cost=True)
        world = make_world(desk)
        lines = [line_entry(world.product, 1000, ship_to_id=world.ship_to.pk, ship_from_id=world.site.pk)] * 3
        return book(desk, world.sell_to, *lines, customer_po="PO 77")


@pytest.fixture
def page(order, client, browser_page, live_server):
    complaints = []

    def listen(message):
        # the browser itself notes each refused form
        if message.type == "error" and "status of 422" not in message.text:
            complaints.append(message.text)

    browser_page.on("console", listen)
    client.force_login(order.entered_by.user)
    name = settings.SESSION_COOKIE_NAME
    browser_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    browser_page.goto(f"/aurora/orders/{order.pk}/")
    yield browser_page
    assert complaints == []


def keys(page, *pressed):
    """Keys by name, and text between angle quotes."""
    for key in pressed:
        if key.startswith("“"):
            page.keyboard.type(key.strip("“”"))
        else:
            page.keyboard.press(key)


def open_verb(page, button, verb):
    """From the button in focus: down its menu to the verb."""
    expect(page.get_by_role("button", name=button)).to_be_focused()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=verb, exact=True)
    for _ in range(6):
        page.keyboard.press("Tab")
        if link.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".in-place")).to_be_visible()


def row(page, name):
    return page.get_by_role("row").filter(has=page.get_by_role("cell", name=name, exact=True))


def test_an_order_is_worked_on_by_keyboard_alone(page, order):
    schedule = "Change schedule 1.1"
    keys(page, "m")
    expect(page.get_by_role("button", name="Change line 1")).to_be_focused()
    keys(page, "ArrowDown")

    open_verb(page, schedule, "Commit…")
    expect(page.get_by_label("Commit date")).to_be_focused()
    keys(page, "“01202027”", "Enter")
    expect(row(page, "1.1").get_by_text("Committed")).to_be_visible()

    open_verb(page, schedule, "Request date…")
    keys(page, "“01042027”", "Enter")
    expect(row(page, "1.1")).to_contain_text("04 Jan 2027")

    open_verb(page, schedule, "Quantity…")
    keys(page, "“1500”", "Enter")
    expect(page.get_by_text("1,500 × 1.20 = 1,800.00")).to_be_visible()
    expect(page.locator("#facts")).to_contain_text("4,200.00")

    open_verb(page, schedule, "Split…")
    keys(page, "“400”", "Enter")
    expect(row(page, "1.2")).to_contain_text("400")

    expect(page.get_by_role("button", name=schedule)).to_be_focused()
    keys(page, "ArrowDown", "ArrowDown")
    open_verb(page, "Change line 2", "Cancel what is open…")
    assert violations(page) == []
    keys(page, "Escape")
    expect(page.locator(".in-place")).to_have_count(0)
    open_verb(page, "Change line 2", "Cancel what is open…")
    keys(page, "Tab", "“Demand”", "Tab", "“Customer called”", "Enter")
    expect(row(page, "2.1").get_by_text("Cancelled")).to_be_visible()

    keys(page, "r")
    expect(page.get_by_role("group", name=re.compile("^Release"))).to_be_visible()
    assert violations(page) == []
    release = page.get_by_role("button", name="Release", exact=True)
    for _ in range(30):
        if release.evaluate("node => node === document.activeElement"):
            break
        keys(page, "Tab")
    keys(page, "Enter")
    expect(page.locator("#flashes")).to_contain_text("Released: SR-")
    expect(row(page, "1.1").get_by_text("Released 1,100")).to_be_visible()
    expect(page.locator("#deliveries")).to_contain_text("SR-")
    assert page.url.endswith(f"/aurora/orders/{order.pk}/")
    assert violations(page) == []

    with tenant_scope(order.tenant_id):
        verbs = list(OrderLedger.objects.filter(order=order).order_by("id").values_list("verb", flat=True))
        assert verbs[3:] == ["commit_set", "request_moved", "qty_increased", "split", "split", "cancelled"]
        assert Order.objects.get(pk=order.pk).open_value == 1500 * 120 + 1000 * 120


def test_an_error_stays_beside_its_field_and_escape_gives_the_focus_back(page):
    keys(page, "m", "ArrowDown")
    open_verb(page, "Change schedule 1.1", "Quantity…")
    keys(page, "“abc”", "Enter")
    expect(page.locator(".in-place .field-error")).to_be_visible()
    expect(page.get_by_label("Quantity of this schedule")).to_have_value("abc")
    keys(page, "Escape")
    expect(page.locator(".in-place")).to_have_count(0)
    expect(page.get_by_role("button", name="Change schedule 1.1")).to_be_focused()


def test_a_note_sent_after_the_session_ended_waits_behind_signing_in(page, order):
    keys(page, "w")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    keys(page, "“Buyer called: half in January.”")
    user = order.entered_by.user
    user.set_password(PASSWORD)  # ends all sessions
    user.save()
    page.get_by_role("button", name="Keep it").click()
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/accounts/unsent/$"))
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/accounts/unsent/$"))
    assert violations(page) == []
    expect(page.get_by_text("Buyer called: half in January.")).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("#notes")).to_contain_text("Buyer called: half in January.")


def test_a_note_and_a_file_are_kept_in_place(page, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    keys(page, "w")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    keys(page, "“Buyer called: half in January.”", "Tab", "“2”", "Tab", "Space", "Tab", "Enter")
    expect(page.locator("#notes")).to_contain_text("Buyer called: half in January.")
    expect(page.locator("#notes")).to_contain_text("line 2 · visible to the partner")
    expect(page.locator("#ledger")).to_contain_text("Note (visible to the partner)")
    expect(page.locator("#do-note")).to_be_focused()
    page.locator("#do-attach").click()
    page.locator(".in-place input[type=file]").set_input_files(
        {"name": "a.pdf", "mimeType": "text/html", "buffer": b"%PDF-1.7 x"}
    )
    page.get_by_role("button", name="Attach it").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="a.pdf", exact=True).click()
    assert download.value.suggested_filename == "a.pdf"
    assert violations(page) == []
    page.set_viewport_size({"width": 834, "height": 900})
    assert violations(page) == []
