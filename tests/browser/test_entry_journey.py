"""An order of 25 lines over four dates each, by keyboard alone."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from orders.choices import OrderStatus
from orders.models import Order, OrderDraft
from tenancy.scope import tenant_scope
from tests.browser.entry import NEW, Keyboard, day, make_scene, settle, sign_in, type_header

DATES = ("14 Jan 2027", "11 Feb 2027", "11 Mar 2027", "15 Apr 2027")
DAYS = [day(text) for text in ("2027-01-14", "2027-02-11", "2027-03-11", "2027-04-15")]
# 37 of them in the header, 62 in the first line with its dates, 294 in the other 24 lines and to book
MOST_STROKES = 400


@pytest.fixture
def page(aurora, browser_page, live_server):
    with tenant_scope(aurora.pk):
        scene = make_scene()
    sign_in(browser_page, scene.desk.user, live_server.url)
    browser_page.goto(NEW)
    yield browser_page
    settle(browser_page)


def type_first_line(keys):
    """Every date with a quantity of its own; the first date is the one that new lines start with."""
    keys.fields("AUR-1")
    keys.type("1000")
    for text in DATES[1:]:
        keys.press("F4")
        keys.fields("1000")
        keys.type(text)
    keys.press("Control+Enter")


def type_line(keys, part, quantity, end_buyer=""):
    """The dates are those of the line above, the quantity spread over them."""
    keys.fields(part)
    keys.type(quantity)
    if end_buyer:
        keys.press("Tab")
        keys.type(end_buyer)
    keys.press("Shift+F4")


def type_lines(keys):
    wanted = [("AUR-1", "4000", "")] * 9 + [("AUR-1", "2000", "A")] * 5
    wanted += [("AUR-2", "6000", "")] * 5 + [("48-1", "1000", "")] * 4 + [("AUR-2", "2500", "")]
    for place, line in enumerate(wanted):
        if place:
            keys.press("Control+Enter")
        type_line(keys, *line)


def test_twenty_five_lines_of_four_dates_by_keyboard_alone(page, aurora):
    keys = Keyboard(page)
    expect(page.get_by_label("Sell-to")).to_be_focused()
    type_header(keys, end_buyer="C")
    type_first_line(keys)
    type_lines(keys)
    # 10 × 4,000 × 1.20 + 5 × 2,000 × 0.95 + 5 × 6,000 × 2.50 + 4 × 1,000 × 0.333333 (333.33 each) + 2,500 × 2.50
    # = 48,000.00 + 9,500.00 + 75,000.00 + 1,333.32 + 6,250.00
    expect(page.locator("#totals")).to_contain_text("USD\u00a0140,083.32")
    expect(page.locator("#totals")).to_contain_text("86,500")
    keys.press("F9")
    expect(page.get_by_text("25 lines booked.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/aurora/orders/\d+/$"))
    assert keys.strokes <= MOST_STROKES
    with tenant_scope(aurora.pk):
        check_order(Order.objects.get())
        assert OrderDraft.objects.get().order == Order.objects.get()


def check_order(order):
    assert (order.status, order.currency, order.value, order.line_count) == (OrderStatus.BOOKED, "USD", 14_008_332, 25)
    lines = list(order.lines.order_by("line_no").values_list("product__sku", "quantity", "unit_price", "open_value"))
    assert lines[:10] == [("AUR-1", 4000, Decimal("1.20"), 480_000)] * 10
    assert lines[10:15] == [("AUR-1", 2000, Decimal("0.95"), 190_000)] * 5
    assert lines[15:20] == [("AUR-2", 6000, Decimal("2.50"), 1_500_000)] * 5
    assert lines[20:24] == [("AUR-3", 1000, Decimal("0.333333"), 33_333)] * 4
    assert lines[24:] == [("AUR-2", 2500, Decimal("2.50"), 625_000)]
    for line in order.lines.order_by("line_no"):
        each = {4000: [1000] * 4, 2000: [500] * 4, 6000: [1500] * 4, 1000: [250] * 4, 2500: [1000, 500, 500, 500]}
        dates = list(line.schedules.order_by("number").values_list("quantity", "request_date"))
        assert dates == list(zip(each[line.quantity], DAYS, strict=True)), line.line_no
