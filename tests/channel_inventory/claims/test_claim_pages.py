"""Claims on pages: worked line by line, shown to the partner whose they are, and hidden from others."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader

from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.issue_credit import issue_credit
from channel_inventory.actions.request_credit_document import request_credit_document
from channel_inventory.choices import Verdict
from channel_inventory.claiming.history import history_of
from channel_inventory.handlers import print_claim_credit
from channel_inventory.models import ClaimCredit, ClaimLine
from jobs.files import open_file
from jobs.handle import JobHandle
from jobs.models import GeneratedFile
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.channel_inventory.claims.shop import Shop, credited, value
from tests.factories.tenancy import make_member
from tests.fixtures import NOW

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def url(aurora):
    return lambda name, *args: reverse(f"channel_inventory:{name}", args=[aurora.slug, *args])


@pytest.fixture
def here(aurora):
    with tenant_scope(aurora.pk):
        shop = Shop()
        shop.agree("105", number="SPA-1", cap_qty=25)
        value(shop.sell(10), shop.sell(20))
        shop.lines = list(ClaimLine.objects.select_related("claim").order_by("pk"))
        return shop


@pytest.fixture
def enter(client, aurora):
    def sign_in(role=Role.ADMIN, **values):
        with tenant_scope(aurora.pk):
            client.force_login(make_member(role, **values).user)
        return client

    return sign_in


def test_the_list_sums_each_claim(enter, url, here):
    page = enter().get(url("claim_list")).content.decode()
    assert here.lines[0].claim.number in page
    assert "450.00" in page
    assert "Ready to decide" in page
    enter().get(url("claim_list"), {"waits": "long"})


def test_the_history_tells_who_did_what_and_what_it_moved(enter, url, aurora, here):
    """450.00 are valued; the cap of 25 cuts 75.00 of it, 375.00 are approved and settled."""
    client = enter()
    with tenant_scope(aurora.pk):
        by = make_member(Role.ADMIN)
        seen = {line.pk: line.version for line in here.lines}
        decide_lines(seen=seen, decision=Decision(Verdict.APPROVE), by=by, at=NOW + MINUTE)
        issue_credit(partner_id=here.partner.pk, currency="USD", by=by, at=NOW + 2 * MINUTE)
        told = [(each.what, each.lines, each.amount) for each in history_of(here.lines[0].claim)]
        assert told == [
            ("Settled", 2, -37_500),
            ("Approved", 2, 37_500),
            ("Denied or cut", 1, -7_500),
            ("Valued", 2, 45_000),
        ]
    page = client.get(url("claim_detail", here.lines[0].claim_id)).content.decode()
    assert "Denied or cut" in page
    assert by.user.email in page or by.user.name in page
    partner = enter(Role.PARTNER, party_id=here.partner.pk).get(url("claim_detail", here.lines[0].claim_id))
    assert "Denied or cut" not in partner.content.decode()


def test_the_list_sums_the_claims_of_the_page_by_currency(enter, url, aurora, here):
    with tenant_scope(aurora.pk):
        other = Shop()
        other.agree("1000", currency="JPY", number="SPA-J")
        value(other.sell(3, (3, "1250"), cost_currency="JPY", currency="JPY"))
    page = enter().get(url("claim_list")).content.decode()
    assert re.findall(r"This page, (\w+)</dt>\s*<dd>\s*<span class=\"num\">([\d,.]+)<", page) == [
        ("JPY", "750"),
        ("USD", "450.00"),
    ]


def test_the_receipt_shows_every_step_to_those_who_see_costs(enter, url, here):
    claim = here.lines[0].claim_id
    page = enter(sees_cost=True).get(url("claim_detail", claim), {"line": here.lines[1].pk}).content.decode()
    assert "20 × (120.00 − 105.00) = 300.00" in page
    assert "the same." in page
    assert f"L-{here.lines[1].receipt['pieces'][0]['layer']}" in page
    assert 'data-key="a"' in page
    plain = enter(Role.SALES_OPS).get(url("claim_detail", claim)).content.decode()
    assert "105.00" not in plain
    assert 'data-key="a"' not in plain


def test_a_claim_and_its_credit_memo_lead_to_their_rows_of_the_liability(enter, url, aurora, here):
    rows = f"{reverse('metrics:liability_rows', args=[aurora.slug])}?"
    with tenant_scope(aurora.pk):
        seen = {line.pk: line.version for line in here.lines}
        decide_lines(seen=seen, decision=Decision(Verdict.APPROVE), by=make_member(Role.ADMIN), at=NOW)
        memo = issue_credit(partner_id=here.partner.pk, currency="USD", by=None, at=NOW)
    claim = here.lines[0].claim
    for page, asked in (
        (url("claim_detail", claim.pk), f"claim={claim.number}"),
        (url("credit_detail", memo.pk), f"credit={memo.number}"),
    ):
        assert f'href="{rows}{asked}"' in enter(sees_cost=True).get(page).content.decode()
        assert rows not in enter(Role.PARTNER, party_id=here.partner.pk).get(page).content.decode()


def test_the_views_of_a_claim_choose_its_lines(enter, url, here):
    claim = url("claim_detail", here.lines[0].claim_id)
    for asked, count in (("state=pending", 2), ("state=pending&denial=no", 2), ("denial=yes", 0), ("state=denied", 0)):
        page = enter().get(f"{claim}?{asked}").content.decode()
        assert page.count('name="row"') == count, asked


def test_lines_are_picked_shown_and_approved(enter, url, aurora, here):
    client, claim = enter(sees_cost=True), url("claim_detail", here.lines[0].claim_id)
    shown = client.post(url("claim_approve"), {"at": claim, "row": [line.pk for line in here.lines]})
    assert shown.status_code == 200
    assert re.search(r"Together</td><td class=\"num\">450.00 USD<", shown.content.decode())
    seen = [f"{line.pk}:{line.version}" for line in here.lines]
    done = client.post(url("claim_approve"), {"at": claim, "seen": seen, "note": ""})
    assert (done.status_code, done.url) == (302, claim)
    with tenant_scope(aurora.pk):
        # the cap of 25 leaves 15 for the second
        assert [line.quantity for line in ClaimLine.objects.order_by("pk")] == [10, 15]
    stale = client.post(url("claim_deny"), {"at": claim, "seen": seen[:1], "code": "01", "note": ""})
    assert "you saw version 1" in stale.content.decode()


def test_pending_needs_a_note(enter, url, here):
    claim = url("claim_detail", here.lines[0].claim_id)
    answer = enter().post(url("claim_pend"), {"at": claim, "seen": [f"{here.lines[0].pk}:1"], "note": ""})
    assert answer.status_code == 422


def test_valuing_again_from_the_page(enter, url, here):
    claim = here.lines[0].claim_id
    assert enter().post(url("claim_revalue", claim)).status_code == 302


def test_a_credit_memo_from_the_page_and_its_pdf(enter, url, aurora, here):
    client, claim = enter(sees_cost=True), here.lines[0].claim_id
    assert client.post(url("claim_credit", claim)).status_code == 422
    with tenant_scope(aurora.pk):
        by = make_member(Role.ADMIN)
        memo = credited(here.lines[0], by)
        page = client.get(url("credit_detail", memo.pk)).content.decode()
        assert "150.00" in page
        paper = client.get(url("credit_preview", memo.pk))
        assert paper.status_code == 200
        assert "150.00" in paper.content.decode()


def test_a_memo_over_another_amount_than_was_shown_is_not_issued(enter, url, aurora, here):
    """150.00 are approved when the page is opened, and 225.00 more by a colleague before it is sent."""
    client, (first, second) = enter(Role.FINANCE), here.lines
    path = url("claim_credit", first.claim_id)

    def approve(line):
        with tenant_scope(aurora.pk):
            decide_lines(
                seen={line.pk: line.version}, decision=Decision(Verdict.APPROVE), by=make_member(Role.ADMIN), at=NOW
            )

    approve(first)
    assert '<input type="hidden" name="seen_total" value="15000">' in client.get(path).content.decode()
    approve(second)
    refused = client.post(path, {"seen_total": "15000"})
    assert refused.status_code == 422
    page = refused.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "The memo would come to USD 375.00 now, and not to USD 150.00: look at it again." in page
    with tenant_scope(aurora.pk):
        assert not ClaimCredit.objects.exists()
    assert client.post(path, {"seen_total": "37500"}).status_code == 302
    with tenant_scope(aurora.pk):
        assert [memo.total for memo in ClaimCredit.objects.all()] == [37_500]


def test_the_pdf_foots_and_belongs_to_the_partner(aurora, here):
    with tenant_scope(aurora.pk):
        by = make_member(Role.ADMIN)
        decide_lines(
            seen={line.pk: line.version for line in here.lines},
            decision=Decision(Verdict.APPROVE), by=by, at=NOW,
        )  # fmt: skip
        memo = issue_credit(partner_id=here.partner.pk, currency="USD", by=by, at=NOW)
        made = print_claim_credit(handle(request_credit_document(credit=memo, by=by, at=NOW), by))
        file = GeneratedFile.objects.get(pk=made["file_id"])
        assert (file.name, file.right, file.party_id) == ("CR-000001.pdf", "channel.view", here.partner.pk)
        with open_file(file) as content:
            text = "\n".join(page.extract_text() for page in PdfReader(content).pages)
    # 10 × 15 and 15 × 15: the cap of 25 cut the second line of 20
    for told in ("CR-000001", "USD 375.00", "450.00", "04, line 2", "SPA-1 r1", "settle −375.00", here.product.sku):
        assert told in text.replace("\N{NO-BREAK SPACE}", " "), told


def handle(job, by):
    return JobHandle(job.pk, job.tenant_id, job.kind, job.payload, by.pk, None, 1, 5, NOW, lambda *_: None)


def test_the_partner_sees_its_own_with_what_was_agreed_and_without_our_layers(enter, url, here):
    own = enter(Role.PARTNER, party_id=here.partner.pk)
    page = own.get(url("claim_detail", here.lines[0].claim_id)).content.decode()
    assert here.product.sku in page
    assert "105.00" in page
    assert "L-" not in page.split('id="receipt"')[1]
    assert 'data-key="a"' not in page
    assert here.lines[0].claim.number in own.get(url("claim_list")).content.decode()


def test_another_partner_finds_nothing(enter, url, aurora, here):
    with tenant_scope(aurora.pk):
        other = Shop()
        memo = credited(here.lines[0], make_member(Role.ADMIN))
    stranger = enter(Role.PARTNER, party_id=other.partner.pk)
    assert stranger.get(url("claim_detail", here.lines[0].claim_id)).status_code == 404
    assert stranger.get(url("credit_detail", memo.pk)).status_code == 404
    assert stranger.get(url("credit_preview", memo.pk)).status_code == 404
    assert here.lines[0].claim.number not in stranger.get(url("claim_list")).content.decode()
    with tenant_scope(aurora.pk, party_id=other.partner.pk), connection.cursor() as cursor:
        for table in ("claim", "claimline", "claimcredit", "liabilityledger", "costlayer", "stockledger", "posline"):
            cursor.execute(f"SELECT count(*) FROM channel_inventory_{table}")
            assert cursor.fetchone() == (0,), table


def test_a_line_of_another_tenant_is_not_decided(enter, url, aurora, kestrel, here):
    """Its number and version were guessed: it is refused like a line that never was."""
    with tenant_scope(kestrel.pk):
        shop = Shop()
        shop.agree("105")
        value(shop.sell(10))
        foreign = ClaimLine.objects.get()
    claim = url("claim_detail", here.lines[0].claim_id)
    seen = [f"{here.lines[0].pk}:1", f"{foreign.pk}:1", f"{10**18 - 1}:1", "1:x", "'; --:1"]
    enter().post(url("claim_approve"), {"at": claim, "seen": seen, "note": ""})
    with tenant_scope(kestrel.pk):
        assert ClaimLine.objects.get().state == "pending"
    with tenant_scope(aurora.pk):
        assert ClaimLine.objects.get(pk=here.lines[0].pk).state == "approved"
