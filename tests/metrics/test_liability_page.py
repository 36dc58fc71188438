"""Every figure of the liability page is a link, and the rows behind the link add up to the figure."""

import re
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from channel_inventory.models import LiabilityLedger
from jobs.handle import JobHandle
from jobs.kinds import handler_for
from jobs.models import GeneratedFile, JobRequest
from tenancy.choices import Role
from tests.channel_inventory.liability.claim_book import ClaimBook
from tests.channel_inventory.liability.conftest import accrue, approve, story
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_member
from tests.fixtures import NOW, TODAY
from tests.metrics.followed import figures_of, follower, number

__all__ = ["story"]

ADDRESS = "/aurora/channel/liability/"
AROUND = ("django_session", "tenancy_user", "set_config", "SET CONSTRAINTS", "SAVEPOINT", "RELEASE")


def added_up(rows, href):
    """What the page claims, worked out from the rows alone."""
    bucket = parse_qs(urlsplit(href).query).get("bucket", [""])[0]
    columns = [bucket.capitalize()] if bucket else ["Estimated", "Claimed"]
    return sum(Decimal(row[column]) for row in rows for column in columns)


def check(open_page, address, at_least):
    figures = figures_of(open_page(address).text)
    assert len(figures) >= at_least
    follow = follower(open_page)
    for href, text in figures:
        # what partners owe us is shown as what it is, and stands below zero in the ledger
        assert abs(number(text)) == abs(added_up(follow(href), href)), (text, href)


@pytest.mark.parametrize(
    ("query", "at_least"),
    [
        ("currency=USD", 60),
        ("currency=EUR", 10),
        ("currency=USD&partner=KES", 8),
        ("currency=USD&partner=NGC&agreement=SD-1", 15),
        ("currency=USD&as_of=2026-10-31", 20),
        ("currency=USD&product=AUR-2&first=2026-01-01", 8),
        ("currency=USD&known_on=2026-11-23&kind=ship_and_debit", 60),
    ],
)
def test_the_rows_behind_every_link_add_up_to_its_figure(story, open_page, query, at_least):
    check(open_page, f"{ADDRESS}?{query}", at_least)


def test_so_do_those_of_many_partners_and_agreements(story, open_page):
    for n in range(7):
        book = ClaimBook(make_sell_to())
        for m in range(7 if n == 0 else 1):
            agreed = make_agreement(
                make_product(), "1", mechanism="ship_and_debit", end_buyer=make_end_buyer(), number=f"X-{n}-{m}"
            )
            line = book.line(agreed, 1_000 + n * 10 + m)
            accrue(line)
            if m % 2:
                approve(line, TODAY)
    page = open_page(f"{ADDRESS}?currency=USD").text
    assert "more, smaller ones are in the sum" in page
    check(open_page, f"{ADDRESS}?currency=USD", 150)


def test_no_figure_of_a_table_stands_without_a_link(story, open_page):
    page = open_page(f"{ADDRESS}?currency=USD").text
    for heading in ("Roll-forward", "By partner and agreement", "By agreement", "By product", "Credit memos"):
        table = page.partition(f'aria-label="{heading}"')[2].partition("</section>")[0]
        assert table, heading
        amounts = re.findall(r'<td class="num[^"]*">(?:<span[^>]*>)?(−?[\d,]+\.\d\d)<', table)
        assert set(amounts) <= {"0.00"}, heading


def test_a_row_leads_to_the_receipt_of_its_claim_line_and_to_its_credit_memo(story, open_page):
    row = LiabilityLedger.objects.filter(entry="settle").select_related("claim_line__claim", "credit").latest("pk")
    page = open_page(f"{ADDRESS}rows/?credit={row.credit.number}").text
    receipt = f"/aurora/channel/claims/{row.claim_line.claim_id}/?line={row.claim_line_id}"
    assert f'<a href="{receipt}">{row.claim_line.claim.number}</a>' in page
    assert f'<a href="/aurora/channel/credits/{row.credit_id}/">{row.credit.number}</a>' in page


def test_every_bar_is_a_link_to_rows(story, open_page):
    page = open_page(f"{ADDRESS}?currency=USD").text
    marks = re.findall(r'<a href="([^"]+)" aria-label="[^"]*: ', page)
    assert len(marks) == 2
    for href in marks:
        assert open_page(unescape(href)).status_code == 200


def test_the_page_of_rows_tells_the_same_sum(story, open_page):
    page = open_page(f"{ADDRESS}?currency=USD").text
    figures = {text: href for href, text in reversed(figures_of(page))}
    assert '<dt>Both, USD</dt><dd><span class="num">30,500.00</span>' in open_page(figures["30,500.00"]).text
    assert '<dt>Claimed, USD</dt><dd><span class="num">400.00</span>' in open_page(figures["400.00"]).text


def test_what_the_page_says_first(story, open_page):
    page = open_page(f"{ADDRESS}?currency=USD").text
    tiles = re.findall(r"<dt>([^<]+)</dt><dd class=\"big\"><a[^>]*>([^<]+)</a>", page)
    assert tiles == [
        ("Open liability", "30,500.00"),
        ("Estimated", "30,000.00"),
        ("Claimed", "400.00"),
        ("Recoverable", "100.00"),
        ("Settled", "−1,300.00"),
    ]


def test_exposure_is_for_those_who_may_see_cost(story, client, open_page):
    assert "Channel exposure" in open_page(ADDRESS).text
    client.force_login(make_member(Role.FINANCE).user)
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert "Channel exposure" not in answer.text


def test_bad_questions_are_answered(story, open_page):
    answer = open_page(f"{ADDRESS}?partner=NOBODY&agreement=SD-9&first=2027-01-01")
    assert answer.status_code == 422
    for words in ("no party “NOBODY”", "no agreement “SD-9”", "after the as-of date"):
        assert words in answer.text


def test_an_empty_ledger_is_a_page(inside, open_page):
    page = open_page(ADDRESS).text
    assert "The ledger holds no row up to this day." in page


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_file_is_made_by_a_job_that_tells_its_progress(story, client, desk, settings, tmp_path, ending):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(desk.user)
    with time_machine.travel(NOW, tick=False):
        answer = client.post(f"{ADDRESS}report/", {"ending": ending, "as_of": "2026-11-23", "partner": "NGC"})
    assert answer.status_code == 302
    job, told = JobRequest.objects.get(), []
    handle = JobHandle(
        id=job.pk, tenant_id=job.tenant_id, kind=job.kind, payload=job.payload, requested_by_id=desk.pk, party_id=None,
        attempt=1, max_attempts=1, at=NOW, report=lambda done, total, note: told.append((done, total)),
    )  # fmt: skip
    file = GeneratedFile.objects.get(pk=handler_for(job.kind)(handle)["file_id"])
    assert (file.right, file.name) == ("channel.view", f"Rebate liability aurora 2026-11-23.{ending}")
    assert told == [(0, 2), (1, 2)]


def test_the_page_takes_as_many_statements_however_much_there_is(story, open_page):
    open_page(ADDRESS)
    counts = []
    for more in (1, 5):
        for _ in range(more):
            agreed = make_agreement(make_product(), "1", mechanism="ship_and_debit", end_buyer=make_end_buyer())
            accrue(ClaimBook(make_sell_to()).line(agreed, 700))
        with CaptureQueriesContext(connection) as queries:
            assert open_page(ADDRESS).status_code == 200
        asked = [query["sql"] for query in queries if not any(word in query["sql"] for word in AROUND)]
        counts.append(len(asked))
    # whose page it is is not counted: the figures, credits, exposure, uncertified sales (4), names (3)
    assert counts == [7, 7], "\n".join(sql[:120] for sql in asked)


def test_the_menu_leads_here(inside, open_page):
    assert reverse("metrics:liability", args=["aurora"]) == ADDRESS
    assert f'href="{ADDRESS}"' in open_page(reverse("metrics:bookings", args=["aurora"])).text
