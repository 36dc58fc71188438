"""Every figure of the page is a link, and the rows behind the link add up to the figure."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from metrics.actions.run_nightly import run_nightly
from metrics.reports.bookings_billings_backlog.tops import TOP
from orders.models import OrderLine
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.fixtures import NOW, TODAY
from tests.metrics.followed import figures_of, follower, number
from tests.metrics.writer import make_slot

DAY = dt.timedelta(days=1)
BEFORE = TODAY - 40 * DAY
BOOKINGS = {"booked", "qty_increased", "qty_decreased", "cancelled", "price_changed"}
# the session, the sign-in of the test and the scope
AROUND = ("django_session", "tenancy_user", "set_config", "SET CONSTRAINTS")
LABELS = {"Booked", "Quantity increased", "Quantity decreased", "Cancelled", "Price changed"}


@pytest.fixture
def busy(cast):
    """Orders of two currencies, a branch, a merged party, lines without end buyer, and everything that can happen."""
    branch = make_sell_to("DISTI-B", parent=cast.sell_to)
    gone = make_end_buyer("GONE")
    gone.merged_into = cast.a
    gone.save()
    buyers = [cast.a, cast.b, gone, None, *(make_end_buyer() for _ in range(TOP))]
    for n, buyer in enumerate(buyers):
        happen(n, make_slot([cast.sell_to, branch][n % 2], buyer, [cast.product, make_product()][n % 3 == 0]))
    euro = make_slot(cast.sell_to, cast.b, cast.product, currency="EUR", rate=2)
    OrderLine.objects.filter(pk=euro.line.pk).update(booking_rate=2)
    happen(3, euro)
    return cast


def happen(n, slot):
    """Booked, promised, moved, changed, shipped, billed and credited, some before the period and some within."""
    if slot.rate == 1:
        OrderLine.objects.filter(pk=slot.line.pk).update(booking_rate=1)
    request, commit = TODAY + (n * 20 - 60) * DAY, TODAY + (n * 15 - 70) * DAY
    slot.write("booked", 100, 1_000_00 + n, day=[BEFORE, TODAY - 9 * DAY][n % 2], to_date=request)
    if n % 4:
        slot.write("commit_set", day=TODAY - 8 * DAY, to_date=commit)
        slot.write("commit_moved", day=TODAY - 5 * DAY, from_date=commit, to_date=commit + 25 * DAY, days=25)
    slot.write(
        "request_moved",
        day=TODAY - 4 * DAY,
        from_date=request,
        to_date=request - 31 * DAY,
        days=-31,
        initiator="customer",
    )
    slot.write("qty_increased", 10, 100_00, day=TODAY - 3 * DAY)
    slot.write("cancelled", -5, -50_03, day=TODAY - 3 * DAY)
    slot.write("price_changed", 0, -7_77, day=TODAY - 2 * DAY)
    slot.write("shipped", -40, -400_00, day=TODAY - 2 * DAY)
    slot.write("invoiced", 30, 300_00, day=TODAY - DAY)
    slot.credit(["price", "quantity", "return"][n % 3], n % 3, 10_00 + n, day=TODAY - DAY)


def added_up(rows, href, *, is_converted):
    """What the page claims, worked out from the rows alone."""
    asked = parse_qs(urlsplit(href).query)
    verbs = set(asked.get("verb", ()))
    column = "Reporting value" if is_converted else "Value"
    if verbs & {"request_moved", "commit_moved"}:
        column = "Reporting value" if is_converted else "Open value after"
    if verbs >= BOOKINGS | {"invoiced"}:
        net = sum(Decimal(row[column]) for row in rows if row["What"] in LABELS)
        billed = sum(Decimal(row[column]) for row in rows if row["What"] in {"Invoiced", "Credited"})
        return (
            None if not billed else (net / billed).quantize(Decimal("0.001"), ROUND_HALF_UP).quantize(Decimal("0.01"))
        )
    return sum(Decimal(row[column]) for row in rows)


@pytest.mark.parametrize(("currency", "at_least"), [("USD", 150), ("EUR", 80), ("all", 150)])
def test_the_rows_behind_every_link_add_up_to_its_figure(busy, open_page, currency, at_least):
    figures = figures_of(open_page(f"{reverse('metrics:bookings', args=['aurora'])}?currency={currency}").text)
    assert len(figures) > at_least
    follow = follower(open_page)
    for href, text in figures:
        rows = follow(href)
        if "due=unscheduled" in href and "." not in text:
            assert number(text) == len(rows)
            continue
        is_ratio = added_up(rows, href, is_converted=currency == "all")
        assert number(text) == is_ratio, (text, href)


@pytest.mark.parametrize("currency", ["USD", "EUR", "all"])
def test_the_snapshot_shows_the_same_figures_with_the_same_links(busy, open_page, currency):
    """Rows are read from the ledger, so they need not be added up a second time."""
    address = f"{reverse('metrics:bookings', args=['aurora'])}?currency={currency}"
    from_ledger = figures_of(open_page(address).text)
    assert run_nightly(night=TODAY - DAY, at=NOW).is_reconciled
    page = open_page(address).text
    assert "Snapshot " in page
    assert figures_of(page) == from_ledger


def test_no_figure_of_a_table_stands_without_a_link(busy, open_page):
    page = open_page(f"{reverse('metrics:bookings', args=['aurora'])}?currency=USD").text
    for heading in ("Bridge in figures", "Top end buyers", "Top sell-tos", "Top products", "Backlog by due date"):
        table = page.partition(f'aria-label="{heading}"')[2].partition("</section>")[0]
        amounts = re.findall(r'<td class="num">(?:<span[^>]*>)?(−?[\d,]+\.\d\d)<', table)
        assert amounts == [], heading
    assert re.findall(r'<dd class="big">(?!<a class="fig)', page) == []


def test_every_picture_is_a_link_to_pages_that_are_there(busy, open_page):
    page = open_page(f"{reverse('metrics:bookings', args=['aurora'])}?currency=USD").text
    marks = re.findall(r'<a href="([^"]+)" aria-label="[^"]*: ', page)
    assert len(marks) > 25
    for href in sorted(set(marks)):
        assert open_page(unescape(href)).status_code == 200, href


def test_the_page_of_rows_tells_the_same_sum(busy, open_page):
    page = open_page(f"{reverse('metrics:bookings', args=['aurora'])}?currency=all").text
    (href, text), *_ = figures_of(page)
    assert f'<dt>All in USD</dt><dd><span class="num">{text}</span>' in open_page(href).text
    late = next((href, text) for href, text in figures_of(page) if "due=late" in href)
    assert number(late[1]) > 0
    assert late[1] in open_page(late[0]).text


def test_the_page_takes_as_many_statements_however_much_there_is(busy, open_page):
    run_nightly(night=TODAY - DAY, at=NOW)
    address = reverse("metrics:bookings", args=["aurora"])
    open_page(address)
    counts = []
    for more in (1, 5):
        for n in range(more):
            happen(n, make_slot(make_sell_to(), make_end_buyer(), make_product()))
        with CaptureQueriesContext(connection) as queries:
            assert open_page(address).status_code == 200
        asked = [sql for query in queries if not (sql := query["sql"].strip()).startswith(("SAVEPOINT", "RELEASE"))]
        counts.append(len([sql for sql in asked if not any(word in sql for word in AROUND)]))
    # whose page it is is not counted: its saved views (1), whether the snapshot is whole (2), the figures (7),
    # names (2)
    assert counts == [12, 12], "\n".join(sql[:120] for sql in asked)
