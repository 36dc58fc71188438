import datetime as dt
import re
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from jobs.models import JobRequest
from metrics.actions.run_nightly import run_nightly
from metrics.models import DailyFlow
from tests.fixtures import NOW, TODAY
from tests.metrics.known_answer import LAST, write_known_answer
from tests.metrics.writer import make_slot


@pytest.fixture
def browse(client, desk):
    """Open a page as the desk, at noon of the day of the tests."""

    def get(name="bookings", query="", **data):
        client.force_login(desk.user)
        url = reverse(f"metrics:{name}", args=[desk.tenant.slug])
        with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False):
            return client.post(url, data) if data else client.get(f"{url}{query}")

    return get


def links_of(page):
    """Figure → address, as the page shows them."""
    found = re.findall(r'<a class="fig" href="([^"]+)">([^<]+)</a>', page.text)
    return {text: unescape(href) for href, text in found}


def test_the_page_shows_the_known_answer_and_that_it_reconciles(cast, browse):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    page = browse()
    assert page.status_code == 200
    for words in (
        "390.00",
        "500.00",
        "210.00",
        "1.86",
        "180.00",
        "reconciled to the cent",
        "01 Nov 2026 – 23 Nov 2026",
    ):
        assert words in page.text, words


def test_without_a_snapshot_it_says_so_and_shows_the_same(cast, browse):
    write_known_answer(cast)
    page = browse()
    assert "No snapshot yet" in page.text
    assert "390.00" in page.text


def test_every_figure_leads_to_exactly_the_rows_it_sums(cast, browse, client):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 10, 70_00, day=TODAY - dt.timedelta(days=60))
    slot.write("qty_increased", 1, 7_77, day=TODAY)
    slot.write("shipped", -2, -14_14, day=TODAY)
    slot.write("invoiced", 2, 14_15, day=TODAY)
    links = links_of(browse())

    def values(figure):
        page = client.get(links[figure])
        return sorted(re.findall(r'<td class="num">([−\d,.]+)</td><td>USD</td>', page.text))

    with time_machine.travel(NOW, tick=False):
        assert values("7.77") == ["7.77"]
        assert values("−14.14") == ["−14.14"]
        assert values("14.15") == ["14.15"]
        assert values("70.00") == ["70.00"]
        # what is open: the one schedule, with what is left of it
        assert values("63.63") == ["63.63"]


def test_filters_and_dates_are_kept_and_mistakes_are_shown_beside_the_field(cast, browse):
    write_known_answer(cast)
    page = browse(query="?end_buyer=b&first=2026-11-01&as_of=2026-11-30")
    assert page.status_code == 200
    assert "180.00" in page.text
    assert 'value="2026-11-30"' in page.text
    bad = browse(query="?end_buyer=nobody&as_of=tomorrow&product=none")
    assert bad.status_code == 422
    for words in ("There is no party “nobody”", "No such day", "There is no product “none”"):
        assert words in bad.text
    assert "The first day is after" in browse(query="?first=2026-11-30&as_of=2026-11-01").text


@pytest.mark.parametrize("query", ["as_of=9999-12-31", "as_of=0001-01-01", "first=0001-01-01", "first=1949-12-31"])
def test_days_that_no_business_has_are_refused_beside_their_field(browse, query):
    page = browse(query=f"?{query}")
    assert page.status_code == 422
    assert "Figures are made for days from 1950 to 2199." in page.text


@pytest.mark.parametrize("query", ["as_of=2199-12-31", "as_of=1950-01-01", "first=1950-01-01", "as_of=2199-01-01"])
def test_the_outermost_days_have_their_figures(browse, query):
    assert browse(query=f"?{query}").status_code == 200


def test_two_currencies_are_shown_apart_and_together(cast, browse):
    make_slot(cast.sell_to, cast.a, cast.product, currency="EUR", rate=2).write("booked", 1, 100_00, day=TODAY)
    make_slot(cast.sell_to, cast.a, cast.product).write("booked", 1, 50_00, day=TODAY)
    assert "250.00" in browse().text
    assert "all, in USD" in browse().text
    assert "250.00" not in browse(query="?currency=EUR").text
    make_slot(cast.sell_to, cast.a, cast.product, currency="EUR", rate=None).write("booked", 1, 3_00, day=TODAY)
    page = browse()
    assert "not added up" in page.text
    assert "103.00" in page.text


def test_figures_that_do_not_foot_are_told_and_not_shown(cast, browse):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    DailyFlow.objects.filter(cancel_value__isnull=False).update(cancel_value=-1)
    page = browse()
    assert "does not foot" in page.text
    assert "Closing" not in page.text


def test_an_empty_tenant_has_a_page(inside, browse):
    assert "Nothing was booked" in browse().text


@pytest.fixture
def click():
    return "5a1c2b0e-9f0f-4d38-bb0f-0d8c2d3a7b11"


def test_the_button_asks_for_the_report_once(cast, browse, click):
    write_known_answer(cast)
    first = browse("report_request", ending="pdf", click=click, end_buyer="A")
    again = browse("report_request", ending="pdf", click=click, end_buyer="A")
    job = JobRequest.objects.get(kind="report")
    assert first.status_code == 302
    assert first.url == again.url == reverse("jobs:job_detail", args=["aurora", job.pk])
    assert job.payload["asked"]["end_buyer_id"] == cast.a.pk


def test_a_report_that_cannot_be_asked_for_comes_back_with_the_reason(cast, browse, client):
    answer = browse("report_request", ending="doc", as_of="2026-11-23")
    assert answer.url == reverse("metrics:bookings", args=["aurora"])
    assert not JobRequest.objects.exists()


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", 10),
        ("?verb=booked&verb=cancelled", 2),
        ("?first=2026-11-03&last=2026-11-04", 3),
        ("?end_buyer=B", 1),
        ("?end_buyer=-", 0),
        ("?sell_to=DISTI&product=aur-1&currency=USD", 10),
        ("?sell_to=nobody", 0),
        ("?product=nothing", 0),
    ],
)
def test_ledger_rows_are_filtered_like_the_figures(cast, browse, query, rows):
    write_known_answer(cast)
    make_slot(cast.sell_to, cast.a, cast.product, order_type="blanket").write("booked", 1, 1, day=TODAY)
    assert len(re.findall(r"<td>USD</td>", browse("ledger_rows", query).text)) == rows


def test_a_view_keeps_the_period_and_the_filters_and_may_open_the_page(cast, browse, client):
    write_known_answer(cast)
    asked = browse(query="?as_of=&span=quarter&first=&product=AUR-1").text
    at = re.search(r'name="at" value="([^"]+)"', asked)[1]
    saved = client.post(
        reverse("saved:view_save", args=["aurora"]),
        {"at": unescape(at), "name": "Quarter of AUR-1", "is_default": "on"},
    )
    opened = client.get(saved.url)
    kept = f"{reverse('metrics:bookings', args=['aurora'])}?product=AUR-1&span=quarter"
    assert opened.url == kept
    assert browse().url == kept
    page = browse(query="?product=AUR-1&span=quarter").text
    assert 'aria-current="page">Quarter of AUR-1</a>' in page
    assert 'href="?view=all">This period</a>' in page
    assert '<a class="btn" href="?view=all">Clear all</a>' in page
    assert 'aria-current="page">This period</a>' in browse(query="?view=all").text
