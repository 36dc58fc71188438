"""The page of delivery performance, its lists, its files and its mail."""

import datetime as dt
import json
import re
from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from fulfilment.models import ShipRequest, ShipRequestLine
from jobs.models import JobRequest
from orders.actions.cancel_line import cancel_line
from orders.actions.context import Because
from orders.actions.set_commit import set_commit
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.models import Hold
from parties.choices import PartyRole
from parties.models import PartyRoleFact
from tests.factories.metrics import make_subscription
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.shipping import make_terms
from tests.fixtures import NOW
from tests.metrics.conftest import Cast
from tests.metrics.delivery_story import on, told_order
from tests.metrics.test_report_mail import send_due

NAME = "delivery_performance"
TOTALS = {
    "request": {"due": 4, "on_time": 1, "late": 2, "too_early": 0, "pending": 1, "uncommitted": 0, "rate": "0.3333"},
    "first_commit": {
        "due": 3, "on_time": 1, "late": 1, "too_early": 1, "pending": 0, "uncommitted": 1, "rate": "0.3333",
    },
    "current_commit": {
        "due": 3, "on_time": 1, "late": 1, "too_early": 1, "pending": 0, "uncommitted": 1, "rate": "0.3333",
    },
}  # fmt: skip


def november(number):
    return dt.date(2026, 11, number)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def site(inside):
    return make_location(make_party("HQ", name="Headquarters"), "MAIN", name="Main dock", country="US")


@pytest.fixture
def month(cast, site):
    """Four orders due in November: on time, never shipped, much too early for its commit, and without a commit."""
    booked = dt.date(2026, 9, 1)
    given = {"day": booked, "ship_from": site}
    kept = told_order(cast, 10, november(9), **given)
    missed = told_order(cast, 20, november(10), **given)
    early = told_order(cast, 30, november(3), **given)
    told_order(cast, 40, november(23), **given)
    for schedule, to in ((kept, november(9)), (missed, november(12)), (early, november(20))):
        set_commit(order_id=schedule.order_id, schedule_id=schedule.pk, to=to, occasion=on(dt.date(2026, 9, 2)))
    for schedule, when in ((kept, november(6)), (early, november(5))):
        part = ShipPart(schedule.pk, schedule.quantity)
        ship_schedules(order_id=schedule.order_id, parts=[part], occasion=on(when))
    return kept, missed, early


@pytest.fixture
def browse(client, desk):
    def get(name="delivery", query="", **data):
        client.force_login(desk.user)
        url = reverse(f"metrics:{name}", args=[desk.tenant.slug])
        with time_machine.travel(NOW, tick=False):
            return client.post(url, data) if data else client.get(f"{url}{query}")

    return get


def render(path, *arguments):
    with time_machine.travel(NOW, tick=False):
        call_command(
            "render_report", NAME, "--tenant", "aurora", "--as-of", "2026-11-23", "--output", str(path), *arguments
        )
    return path.read_bytes()


def test_json_has_exactly_the_agreed_totals(month, tmp_path):
    data = json.loads(render(tmp_path / "a.json"))
    assert data["totals"] == TOTALS
    assert (data["report"], data["tenant"], data["from"], data["as_of"], data["currency"]) == (
        NAME, "aurora", "2026-11-01", "2026-11-23", "USD",
    )  # fmt: skip
    assert {(row["dimension"], row["code"]) for row in data["rows"]} == {
        ("sell_to", "DISTI"), ("end_buyer", "A"), ("family", month[0].line.product.family.code), ("site", "HQ/MAIN"),
    }  # fmt: skip
    assert all(row["request"] == TOTALS["request"] for row in data["rows"])
    assert data["trend"][-1]["current_commit"] == TOTALS["current_commit"]
    assert data["details"]["current_commit"]["unshipped"] == 1


def test_filters_by_code(month, tmp_path):
    make_end_buyer("C")
    assert json.loads(render(tmp_path / "a.json", "--site", "HQ/MAIN"))["totals"] == TOTALS
    assert json.loads(render(tmp_path / "b.json", "--end-buyer", "C"))["totals"]["request"]["due"] == 0
    with pytest.raises(CommandError, match="no site “HQ/OTHER”"):
        render(tmp_path / "c.json", "--site", "HQ/OTHER")


def test_nothing_due_gives_zeros_and_no_rate(inside, tmp_path):
    data = json.loads(render(tmp_path / "a.json"))
    nothing = {"due": 0, "on_time": 0, "late": 0, "too_early": 0, "pending": 0, "uncommitted": 0, "rate": None}
    assert data["totals"] == dict.fromkeys(TOTALS, nothing)
    assert render(tmp_path / "a.pdf")


def test_workbook_and_pdf_say_the_same(month, tmp_path):
    book = CalamineWorkbook.from_filelike(BytesIO(render(tmp_path / "a.xlsx")))
    headings, *rows = book.get_sheet_by_name("Totals").to_python()
    said = [dict(zip(headings, row, strict=True)) for row in rows]
    assert [(row["Basis"], row["Due"], row["On time"], row["Late"]) for row in said] == [
        ("Request date", 4, 1, 2), ("First commit", 3, 1, 1), ("Current commit", 3, 1, 1),
    ]  # fmt: skip
    assert len(book.get_sheet_by_name("Misses").to_python()) == 3
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(render(tmp_path / "a.pdf"))).pages)
    for words in ("Delivery performance", "33.3 %", "1 of 3 schedules", "Main dock", "Largest misses", "Page 1 of"):
        assert words in text, words


def test_reasons_of_misses_and_what_suppliers_kept(month, cast, site, tmp_path):
    PartyRoleFact.objects.create(party=site.party, role=PartyRole.FULFILMENT_SITE)
    more = [told_order(cast, 10, november(10), day=dt.date(2026, 9, 1), ship_from=site) for _ in range(4)]
    given, held, told, dropped = more
    for each in more:
        set_commit(order_id=each.order_id, schedule_id=each.pk, to=november(10), occasion=on(dt.date(2026, 9, 2)))
    late = replace(on(november(12)), because=Because(initiator="supplier", reason_code="capacity", note="Assembly"))
    set_commit(order_id=given.order_id, schedule_id=given.pk, to=november(20), occasion=late)
    Hold.objects.create(
        order_id=held.order_id, line_id=held.line_id, kind="credit", scope="shipping", message="Credit",
        placed_at=on(november(9)).at,
    )  # fmt: skip
    order = told.order
    request = ShipRequest.objects.create(
        number="SR-1", order=order, site_party=site.party, site=site, ship_by_date=november(10), terms=make_terms(),
        frozen={}, fingerprint="", released_at=on(november(6)).at,
    )  # fmt: skip
    ShipRequestLine.objects.create(
        ship_request=request, position=1, order_line=told.line, schedule=told, quantity=10, frozen={},
    )  # fmt: skip
    cancel_line(order_id=dropped.order_id, line_id=dropped.line_id, occasion=on(november(11)))
    data = json.loads(render(tmp_path / "a.json"))
    assert data["reasons"] == [
        {"code": None, "name": "No reason given", "schedules": 1},
        {"code": "cancelled", "name": "Cancelled when it was due already", "schedules": 1},
        {"code": "code capacity", "name": "Capacity at the supplier", "schedules": 1},
        {"code": "dock", "name": "The dock was told in time and shipped late", "schedules": 1},
        {"code": "early", "name": "Shipped before the window", "schedules": 1},
        {"code": "hold credit", "name": "On hold: Credit", "schedules": 1},
    ]
    assert sum(each["schedules"] for each in data["reasons"]) == 6
    (supplier,) = [row for row in data["rows"] if row["dimension"] == "supplier"]
    assert (supplier["code"], supplier["current_commit"]) == ("HQ", data["totals"]["current_commit"])
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(render(tmp_path / "a.pdf"))).pages)
    for words in ("Why current commits were missed", "On hold: Credit", "Those who committed dates to us"):
        assert words in text, words
    book = CalamineWorkbook.from_filelike(BytesIO(render(tmp_path / "a.xlsx")))
    assert ["Capacity at the supplier", 1] in book.get_sheet_by_name("Why missed").to_python()
    assert "Site or supplier" in {row[0] for row in book.get_sheet_by_name("Rows").to_python()}


def links_of(page):
    """(figure, address) of each figure that leads somewhere."""
    return [
        (text, unescape(href))
        for href, text in re.findall(r'<a class="fig[^"]*" href="([^"]+)">([^<]+)</a>', page.text)
    ]


def followed(page, client):
    """How many of the page's counts lead to as many schedules: all of them."""
    assert page.status_code == 200
    checked = 0
    for figure, href in set(links_of(page)):
        if not re.fullmatch(r"\d+", figure):
            continue
        with time_machine.travel(NOW, tick=False):
            found = client.get(href)
        assert found.status_code == 200
        count = re.search(r"on this page of <b>(\d+)</b>", found.text)
        assert (count.group(1) if count else "0") == figure, href
        checked += 1
    return checked


def test_every_count_leads_to_as_many_schedules(month, browse, client):
    assert followed(browse(), client) > 20


def test_those_who_committed_dates_to_us_have_a_table_whose_counts_lead_to_their_schedules(
    month, cast, site, browse, client
):
    """Two places of one supplier, four schedules and one; another three ship from our own plant."""
    PartyRoleFact.objects.create(party=site.party, role=PartyRole.SUPPLIER)
    second = make_location(site.party, "ANNEX", name="Annex", country="US")
    ours = make_location(make_party("US", name="Our plant"), "OWN", country="US")
    for place in (second, ours, ours, ours):
        told_order(cast, 5, november(10), day=dt.date(2026, 9, 1), ship_from=place)
    page = browse()
    table = page.text.split('id="by-supplier"')[1].split("</section>")[0]
    assert "Those who committed dates to us" in table
    assert "Headquarters" in table
    assert "Our plant" not in table
    # due by the request date: four of the main dock and one of the annex, and all of them are these
    assert [text for text, href in links_of(page) if "supplier=" in href and "basis=request" in href][::3] == ["5", "5"]
    assert followed(page, client) > 40
    own = browse(query="?supplier=hq")
    assert "Our plant" not in own.text
    assert "by-supplier" in own.text
    assert followed(own, client) > 40
    assert followed(browse(query="?supplier=*&site=HQ/ANNEX"), client) > 20
    assert "There is no party “nobody”" in browse(query="?supplier=nobody").text
    assert "No schedule matches" in browse("delivery_rows", "?supplier=nobody").text


def test_a_miss_says_who_moved_its_commit_last_and_why(month, cast, browse):
    _, missed, early = month
    late = replace(on(november(10)), because=Because(initiator="supplier", reason_code="capacity", note=""))
    for to, occasion in ((november(16), on(november(9))), (november(13), late)):
        set_commit(order_id=missed.order_id, schedule_id=missed.pk, to=to, occasion=occasion)
    rows = browse().text.split("Longest misses, table")[1].split("</table>")[0].split("<tr>")
    told = {schedule: row for schedule in (missed, early) for row in rows if schedule.order.number in row}
    assert "<td>Supplier: capacity at the supplier</td>" in told[missed]
    assert "<td>–</td></tr>" in told[early]


def test_filters_and_mistakes(month, browse):
    assert "No commit was missed" in browse(query="?sell_to=DISTI&site=hq/main&as_of=2026-10-31").text
    bad = browse(query="?site=nowhere&first=1999-01-01")
    assert bad.status_code == 422
    assert "There is no site “nowhere”" in bad.text
    assert "At most five years" in bad.text
    assert browse("delivery_rows", "?basis=nothing").status_code == 422
    assert browse("delivery_rows", "?first=2026-11-09&last=2026-11-01").status_code == 422
    assert browse("delivery_rows", "?site=nowhere").status_code == 200


def test_the_list_goes_page_by_page_and_out_as_a_file(month, browse):
    page = browse("delivery_rows", "?basis=request&outcome=late&outcome=pending")
    assert "of <b>3</b>" in page.text
    out = browse("delivery_rows", "?basis=request&export=csv")
    rows = b"".join(out.streaming_content).decode() if out.streaming else out.content.decode()
    assert len(rows.strip().splitlines()) == 5
    after = browse("delivery_rows", "?basis=request&page=2026-11-09_999999999")
    assert "of <b>4</b>" in after.text
    assert after.text.count("<tr") < page.text.count("<tr") + 1


def test_a_button_asks_for_the_file(month, browse):
    assert browse("delivery_request", ending="pdf", as_of="2026-11-23", site="HQ/MAIN").status_code == 302
    job = JobRequest.objects.get(kind="report")
    assert (job.payload["name"], job.payload["ending"]) == (NAME, "pdf")
    assert job.payload["asked"]["site_id"]


def test_a_customers_scorecard_holds_its_own_figures_and_no_sites(month, cast, site):
    other = make_sell_to("OTHER")
    others = told_order(
        Cast(cast.tenant, other, cast.a, cast.b, cast.product), 7, november(5), day=dt.date(2026, 9, 1), ship_from=site
    )
    make_subscription(name="Scorecard", report=NAME, party=cast.sell_to, has_pdf=True)
    send_due(cast.tenant)
    (sent,) = mail.outbox
    assert "delivery performance to DISTI Company" in sent.body
    assert "On time, request date: 33.3 %, 1 of 3" in sent.body
    (_, pdf, _), (_, xlsx, _) = sent.attachments
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "Delivery scorecard" in text
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx))
    cells = {str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
    for secret in ("Main dock", "HQ/MAIN", "Why current commits were missed", "OTHER Company", others.order.number):
        assert secret not in text
        assert secret not in cells


def test_a_member_inside_gets_everything_with_the_address_of_the_page(month, desk):
    make_subscription(name="Delivery", report=NAME, member=desk)
    send_due(desk.tenant)
    (sent,) = mail.outbox
    assert "/aurora/delivery/?as_of=2026-11-22&first=2026-11-01" in sent.body
