"""The entry grid as a person uses it: it answers, keeps, pastes, copies, undoes, and never takes the text away."""

import re

import pytest
from playwright.sync_api import expect

from orders.models import Order, OrderDraft
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.browser.axe import violations
from tests.browser.entry import NEW, Keyboard, day, make_scene, settle, sign_in, type_header
from tests.factories.tenancy import make_member

ROWS = (
    "Part\tQty\tEnd buyer\tShip-to\tRequest date\r\n"
    'AUR-1\t"1,000"\tA\tMAIN\t2027-01-14\r\n'
    "AUR-2\t600\t\t\t2027-02-11\r\n"
    "48-1\t1000\tC\tNORTH/MAIN\t11 Mar 2027\r\n"
)


@pytest.fixture
def complaints():
    """Everything that the browser calls an error; a test may take out what it provokes."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def scene(aurora):
    with tenant_scope(aurora.pk):
        return make_scene()


@pytest.fixture
def page(scene, browser_page, live_server, complaints):
    browser_page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    browser_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(browser_page, scene.desk.user, live_server.url)
    browser_page.goto(NEW)
    yield browser_page
    settle(browser_page)


@pytest.fixture
def keys(page):
    return Keyboard(page)


def price(page, row):
    return page.locator("#lines tbody").nth(row - 1).locator("[data-out=price]")


def reasons(page, row):
    return page.locator("#lines tbody").nth(row - 1).locator(".answers")


def saved(page):
    expect(page.locator("#saved")).to_contain_text("Draft saved")


def paste(page, keys, text):
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    keys.press("Control+v")


def test_price_reasons_and_the_trail_come_while_typing_and_the_cursor_stays(page, keys):
    type_header(keys)
    keys.fields("AUR-1", "1000")
    keys.type("A")
    expect(price(page, 1)).to_have_text("0.95")
    expect(reasons(page, 1)).to_contain_text("SPA-A rev 1")
    expect(reasons(page, 1)).to_contain_text("DAP")
    expect(page.get_by_label("Row 1 end buyer")).to_be_focused()
    expect(page.get_by_label("Row 1 end buyer")).to_have_value("A")
    panel = page.get_by_role("complementary", name="Why this price and these terms")
    expect(panel).to_contain_text("It is for B Company, not for this line's end buyer.")
    expect(panel).to_contain_text("SPA-A rev 1 comes first.")
    keys.press("F2")
    expect(panel).to_be_focused()
    keys.press("Escape")
    expect(page.get_by_label("Row 1 end buyer")).to_be_focused()
    assert violations(page) == []


def test_a_quantity_below_the_minimum_is_said_beside_its_cell_and_taken_right(page, keys):
    type_header(keys)
    keys.fields("AUR-2")
    keys.type("600")
    quantity = page.get_by_label("Row 1 quantity")
    expect(quantity).to_have_attribute("aria-invalid", "true")
    message = page.locator(f"#{quantity.get_attribute('aria-describedby')}")
    expect(message).to_contain_text("600 is below the minimum of 1,000. The nearest is 1,000.")
    expect(page.locator("#say")).to_contain_text("1 field to correct")
    assert violations(page) == []
    keys.press("Alt+ArrowUp")
    expect(quantity).to_have_value("1,000")
    expect(quantity).not_to_have_attribute("aria-invalid", "true")
    expect(price(page, 1)).to_have_text("2.50")


def test_what_is_to_correct_is_listed_by_name(page, keys, complaints):
    keys.press("F9")
    problems = page.locator("#problems")
    expect(problems.get_by_role("link")).to_have_count(2)
    assert problems.inner_text().strip() == "2 fields to correct: Sell-to, Customer PO"
    keys.press("F8")
    expect(page.get_by_label("Sell-to")).to_be_focused()
    keys.press("F8")
    expect(page.get_by_label("Customer PO")).to_be_focused()
    assert "422" in complaints.pop()


def test_rows_of_a_spreadsheet_are_pasted_by_their_headings_and_undone(page, keys):
    type_header(keys)
    paste(page, keys, ROWS)
    expect(page.get_by_text("3 rows pasted.")).to_be_visible()
    expect(page.get_by_label("Row 1 quantity")).to_have_value("1,000")
    expect(page.get_by_label("Row 3 request date")).to_have_value("11 Mar 2027")
    expect(price(page, 1)).to_have_text("0.95")
    expect(reasons(page, 2)).to_contain_text("600 is below the minimum of 1,000.")
    expect(reasons(page, 3)).to_contain_text("DAP")
    expect(page.get_by_label("Row 4 part")).to_have_value("")
    assert violations(page) == []
    keys.press("Control+z")
    expect(page.get_by_label("Row 1 part")).to_have_value("")
    expect(page.locator("#lines tbody")).to_have_count(1)


def test_columns_without_headings_start_at_the_cell_with_the_cursor(page, keys):
    type_header(keys)
    keys.fields("AUR-1")
    paste(page, keys, "2000\tB\n3000\tC\n")
    expect(page.get_by_label("Row 1 part")).to_have_value("AUR-1")
    expect(page.get_by_label("Row 1 quantity")).to_have_value("2000")
    expect(page.get_by_label("Row 2 end buyer")).to_have_value("C")
    expect(reasons(page, 2)).to_contain_text("Still to fill in: part")


def test_copy_down_insert_and_remove(page, keys):
    type_header(keys)
    keys.fields("AUR-1", "1000")
    keys.type("B")
    keys.press("Control+Enter", "Control+d", "Enter", "Control+d", "Enter", "Control+d")
    for name, value in (("part", "AUR-1"), ("quantity", "1000"), ("end buyer", "B")):
        expect(page.get_by_label(f"Row 2 {name}", exact=True)).to_have_value(value)
    keys.press("ArrowUp")
    expect(page.get_by_label("Row 1 end buyer")).to_be_focused()
    keys.press("Control+Enter")
    keys.type("48-1")
    expect(page.get_by_label("Row 2 part")).to_have_value("48-1")
    expect(page.get_by_label("Row 3 part")).to_have_value("AUR-1")
    keys.press("Control+Delete")
    expect(page.get_by_label("Row 2 part")).to_have_value("AUR-1")
    expect(page.get_by_text("Line 2 removed.").first).to_be_visible()
    keys.press("Control+z")
    expect(page.get_by_label("Row 2 part")).to_have_value("48-1")


def test_the_look_up_finds_by_our_number_theirs_and_words(page, keys):
    type_header(keys)
    choices = page.locator("#look-up li")
    for text, found in (("48", "48-1 AUR-3 Resistor"), ("aur-2", "AUR-2 Coil"), ("regul", "AUR-1 Regulator")):
        keys.type(text)
        expect(choices).to_have_count(1)
        expect(choices).to_contain_text(found)
        assert violations(page) == []
        keys.press("ArrowDown", "Enter")
        expect(page.get_by_label("Row 1 part")).to_have_value(found.split()[0])
        expect(page.get_by_label("Row 1 quantity")).to_be_focused()
        keys.press("Shift+Tab")
    keys.press("Tab", "Tab", "Tab", "Alt+ArrowDown")
    expect(choices.first).to_contain_text("NORTH/MAIN")
    keys.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_label("Row 1 ship-to")).to_be_focused()


def test_a_draft_survives_the_browser_and_the_machine(page, keys, browser, scene, live_server):
    type_header(keys)
    keys.fields("AUR-1")
    keys.type("1000")
    keys.press("F4")
    keys.fields("500")
    keys.type("11 Feb 2027")
    expect(page.locator("#totals")).to_contain_text("USD\u00a01,800.00")
    saved(page)
    expect(page).to_have_url(re.compile(r"/aurora/orders/drafts/\d+/$"))
    page.context.clear_cookies()
    other = browser.new_context(base_url=live_server.url).new_page()
    sign_in(other, scene.desk.user, live_server.url)
    other.goto("/aurora/orders/drafts/")
    other.get_by_role("link", name="NORTH").click()
    expect(other.get_by_label("Customer PO")).to_have_value("PO 4711")
    expect(other.get_by_label("Row 1 quantity")).to_have_value("1,500")
    expect(other.get_by_label("Row 1 date 2 quantity")).to_have_value("500")
    expect(other.get_by_label("Row 1 date 2", exact=True)).to_have_value("11 Feb 2027")
    expect(other.locator("#totals")).to_contain_text("USD\u00a01,800.00")
    settle(other)
    other.context.close()


def test_a_page_goes_on_saving_after_signing_in_elsewhere(page, keys, scene, live_server):
    type_header(keys)
    keys.fields("AUR-1", "1000")
    saved(page)
    page.context.clear_cookies()
    keys.type("B")
    expect(page.locator("#saved")).to_contain_text("you are signed out")
    expect(page.get_by_role("link", name="Sign in on another page")).to_be_visible()
    sign_in(page, scene.desk.user, live_server.url)
    expect(page.locator("#saved")).to_contain_text("Draft saved", timeout=15_000)
    page.reload()
    expect(page.get_by_label("Row 1 end buyer")).to_have_value("B")
    settle(page)


def test_a_po_that_exists_is_linked_as_soon_as_it_is_typed(page, keys, aurora):
    type_header(keys)
    keys.fields("AUR-1", "1000")
    keys.press("F9")
    expect(page.get_by_text("1 line booked.")).to_be_visible()
    first = page.url
    page.goto(NEW)
    keys.fields("NORTH")
    keys.type("po4711")
    link = page.locator("#duplicate").get_by_role("link")
    expect(link).to_be_visible()
    expect(page.get_by_label("Customer PO")).to_be_focused()
    assert link.get_attribute("href") in first
    expect(page.locator("#say")).to_contain_text("This PO is on SO-")
    assert violations(page) == []


def test_two_pages_of_one_draft_show_both_values(page, keys, aurora, live_server, complaints):
    type_header(keys)
    keys.fields("AUR-1", "1000")
    saved(page)
    with tenant_scope(aurora.pk):
        colleague = make_member(Role.SALES_OPS)
        draft = OrderDraft.objects.get()
    other = page.context.browser.new_context(base_url=live_server.url).new_page()
    sign_in(other, colleague.user, live_server.url)
    other.goto(f"/aurora/orders/drafts/{draft.pk}/")
    other.get_by_label("Row 1 quantity").fill("2000")
    expect(other.locator("#totals")).to_contain_text("2,000")
    saved(other)
    page.get_by_label("Row 1 quantity").fill("3000")
    page.get_by_label("Customer PO").fill("PO 9")
    conflict = page.get_by_role("alert", name="Changed meanwhile")
    expect(conflict).to_contain_text(re.compile(r"Row 1 quantity\s*3000\s*2000"))
    expect(conflict).to_contain_text(str(colleague.user))
    assert violations(page) == []
    conflict.get_by_label("2000").check()
    page.get_by_role("button", name="Save what is chosen").click()
    expect(conflict).to_be_hidden()
    expect(page.locator("#totals")).to_contain_text("2,000")
    expect(page.get_by_label("Customer PO")).to_have_value("PO 9")
    settle(page)
    other.get_by_label("Row 1 quantity").fill("4000")
    other.get_by_role("button", name="Take all of theirs").click()
    expect(other.get_by_label("Customer PO")).to_have_value("PO 9")
    expect(other.get_by_label("Row 1 quantity")).to_have_value("2000")
    settle(other)
    other.context.close()
    assert [text for text in complaints if "409" not in text] == []
    complaints.clear()


def test_an_answer_that_comes_late_changes_no_newer_one(page, keys):
    """The first answer is kept back until the second question is typed."""
    type_header(keys)
    keys.fields("AUR-1")
    held = []

    def hold(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/orders/new/sheet/", hold)
    keys.type("1000")
    page.wait_for_timeout(400)
    keys.type("0")
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator("#lines tbody").first.locator("[data-out=value]")).to_have_text("12,000.00")
    expect(page.get_by_label("Row 1 quantity")).to_have_value("10000")


def test_dates_of_a_line_are_added_removed_and_spread(page, keys, aurora):
    type_header(keys)
    keys.fields("AUR-1")
    keys.type("1000")
    keys.press("F4")
    keys.fields("500")
    keys.type("11 Feb 2027")
    keys.press("Control+Enter")
    keys.fields("AUR-2")
    keys.type("2500")
    keys.press("Shift+F4")
    # five packages of 500 over two dates
    expect(page.get_by_label("Row 2 date 1 quantity")).to_have_value("1,500")
    expect(page.get_by_label("Row 2 date 2 quantity")).to_have_value("1,000")
    expect(page.get_by_label("Row 2 quantity")).to_have_value("2,500")
    page.get_by_label("Row 1 date 2", exact=True).focus()
    keys.press("Control+Delete")
    expect(page.get_by_label("Row 1 quantity")).to_have_value("1000")
    expect(page.get_by_label("Row 1 request date")).to_have_value("14 Jan 2027")
    page.get_by_label("Row 2 date 1", exact=True).fill("30 Feb 2027")
    keys.press("F8")
    expect(page.get_by_label("Row 2 date 1", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Row 2 date 1", exact=True).fill("1 Feb 2027")
    expect(page.locator("#totals")).to_contain_text("USD\u00a07,450.00")
    assert violations(page) == []
    keys.press("F9")
    expect(page.get_by_text("2 lines booked.")).to_be_visible()
    with tenant_scope(aurora.pk):
        line = Order.objects.get().lines.get(line_no=2)
        assert list(line.schedules.order_by("number").values_list("quantity", "request_date")) == [
            (1500, day("2027-02-01")), (1000, day("2027-02-11")),
        ]  # fmt: skip


def test_the_keys_are_listed_under_the_question_mark(page):
    page.locator("summary[data-key='?']").click()
    expect(page.get_by_text("Keys of this page")).to_be_visible()
    expect(page.get_by_text("dates of the line above")).to_be_visible()
    assert violations(page) == []


def test_the_plain_form_still_works_without_a_script(browser, scene, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, scene.desk.user, live_server.url)
    page.goto(NEW)
    for label, text in (("Sell-to", "NORTH"), ("Customer PO", "PO 1"), ("New lines: request date", "14 Jan 2027"),
                        ("Row 1 part", "AUR-1"), ("Row 1 quantity", "1000"), ("Row 1 ship-to", "MAIN")):  # fmt: skip
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("USD\u00a01,200.00")).to_be_visible()
    page.get_by_role("button", name="Keep as draft").click()
    expect(page).to_have_url(re.compile("/orders/drafts/"))
    page.get_by_role("button", name="Book F9").click()
    expect(page.get_by_text("1 line booked.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 834])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_full_sheet(page, keys, live_server, width, theme):
    page.set_viewport_size({"width": width, "height": 1000})
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    page.goto(NEW)
    type_header(keys)
    paste(page, keys, ROWS)
    expect(reasons(page, 2)).to_contain_text("600 is below the minimum")
    keys.press("F4", "Alt+Enter")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_is_missing_is_said_when_it_is_booked_and_taken_back_when_it_is_filled_in(page, keys, complaints):
    type_header(keys, day="")
    keys.fields("AUR-1")
    keys.type("1000")
    expect(reasons(page, 1)).to_contain_text("Still to fill in: request date")
    expect(page.get_by_label("Row 1 request date")).not_to_have_attribute("aria-invalid", "true")
    keys.press("F9")
    refused = page.get_by_role("alert").first
    expect(refused).to_contain_text("row 1 request date")
    expect(reasons(page, 1)).to_contain_text("The request date is missing.")
    expect(page.get_by_label("Row 1 quantity")).to_have_value("1000")
    keys.press("F8")
    expect(page.get_by_label("Row 1 request date")).to_be_focused()
    keys.type("14 Jan 2027")
    expect(refused).to_be_hidden()
    keys.press("F9")
    expect(page.get_by_text("1 line booked.")).to_be_visible()
    assert [text for text in complaints if "422" not in text] == []
    complaints.clear()
