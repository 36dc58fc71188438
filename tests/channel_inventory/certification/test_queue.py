"""The queue: worked from the text with the most money behind it down, each decision leading to the next."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from channel_inventory.certification.queue import queue_around
from channel_inventory.certification.shares import certified_shares
from channel_inventory.certification.work import behind, left_after
from channel_inventory.models import PosLine, ReportedEndBuyer
from parties.models import Party
from pricing.models import FxRate
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.channel_inventory.certification.samples import line_of
from tests.factories.catalog import make_product
from tests.factories.channel_inventory import make_text
from tests.factories.parties import make_end_buyer, make_location, make_sell_to
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_member
from tests.fixtures import TODAY


class Desk:
    """Three texts of two partners: 300.00 USD, 90.00 EUR (= 180 USD), 150.00 USD; one put off, one rejected."""

    def __init__(self, tenant):
        self.slug = tenant.slug
        self.north, self.south = make_sell_to("NORTHGATE", name="Northgate Components"), make_sell_to("SOUTHGATE")
        self.buyer = make_end_buyer("HRS-01", name="Halden Rail Signalling Ltd", country="GB")
        make_location(self.buyer, city="Doncaster", postcode="DN2 4PE", country="GB")
        FxRate.objects.create(date=TODAY - dt.timedelta(days=1), from_currency="EUR", to_currency="USD", rate=2)
        self.small = make_text(self.north, "Sig Halden")
        self.euro = make_text(self.south, "Halden Rail Sig Ltd", city="York", country="GB")
        self.large = make_text(
            self.north, "Halden Rail Sig Ltd", address="Wheatley Hall Rd 6", city="DONCASTER", postcode="DN2 4PE",
            country="GB",
        )  # fmt: skip
        later, rejected = make_text(self.north, "Later", state="later"), make_text(self.north, "No", state="rejected")
        for text, quantity, currency in (
            (self.large, 150, "USD"), (self.large, 50, "USD"), (self.euro, 60, "EUR"), (self.small, 100, "USD"),
            (later, 10, "USD"), (rejected, 10, "USD"),
        ):  # fmt: skip
            line_of(text, quantity, currency=currency)
        line_of(self.small, 1_000, state="corrected")
        self.by = make_member(Role.ADMIN)

    def url(self, name, text):
        return reverse(f"channel_inventory:{name}", args=[self.slug, text.pk])

    def page(self, text):
        return self.url("text_detail", text)

    def decide(self, client, text, **data):
        return client.post(self.url("certify_text", text), {"decision": "certify", "is_learnt": "on", **data})


@pytest.fixture
def desk(aurora, client):
    with tenant_scope(aurora.pk):
        desk = Desk(aurora)
    client.force_login(desk.by.user)
    return desk


def state_of(aurora, text):
    with tenant_scope(aurora.pk):
        return ReportedEndBuyer.objects.get(pk=text.pk).state


def test_most_value_goes_first_in_one_currency_and_sums_stay_apart(aurora, desk):
    with tenant_scope(aurora.pk):
        queue = queue_around(desk.euro.pk, reporting_currency="USD", on=TODAY)
        assert [row.pk for row in queue.rows] == [desk.large.pk, desk.euro.pk, desk.small.pk]
        assert [(row.lines, row.value, row.currency) for row in queue.rows] == [
            (2, Decimal("300.00"), "USD"), (1, Decimal("90.00"), "EUR"), (1, Decimal("150.00"), "USD"),
        ]  # fmt: skip
        # what was put off is uncertified too; what was rejected is not waited for
        assert [(each.currency, each.value, each.lines) for each in queue.sums] == [
            ("EUR", Decimal("90.00"), 1), ("USD", Decimal("465.00"), 4),
        ]  # fmt: skip
        assert (queue.count, queue.later) == (3, 1)
        assert (queue.preceding.pk, queue.here.place, queue.following.pk) == (desk.large.pk, 2, desk.small.pk)
        own = queue_around(None, reporting_currency="USD", on=TODAY, partner_id=desk.south.pk)
        assert [row.pk for row in own.rows] == [desk.euro.pk]


def test_the_certified_share_is_told_by_currency_and_reckoned_anew_after_a_report(aurora, desk, client):
    """750.00 USD are certified, 465.00 wait, 15.00 were rejected; nothing of 90.00 EUR is certified."""

    def told(partner_id=None):
        queue = queue_around(None, reporting_currency="USD", on=TODAY, partner_id=partner_id)
        shares = certified_shares(queue, partner_id)
        return [(each.currency, each.certified, each.total, f"{each.percent:.1f}") for each in shares]

    cache.clear()
    with tenant_scope(aurora.pk):
        known = make_text(desk.north, "HRS", state="certified", party=desk.buyer, method="person")
        line_of(known, 500, end_buyer=desk.buyer)
        euro = ("EUR", Decimal(0), Decimal("90.00"), "0.0")
        assert told() == [euro, ("USD", Decimal("750.00"), Decimal("1230.00"), "61.0")]
        assert told(desk.south.pk) == [euro]
        with CaptureQueriesContext(connection) as queries:
            assert told() == [euro, ("USD", Decimal("750.00"), Decimal("1230.00"), "61.0")]
        assert not any("::text AS value" in query["sql"] for query in queries)
    page = client.get(desk.page(desk.large)).content.decode()
    assert '<span class="num">750.00 USD</span> (61.0 %)' in page
    with tenant_scope(aurora.pk):
        line_of(known, 100, end_buyer=desk.buyer)
        assert told() == [euro, ("USD", Decimal("900.00"), Decimal("1380.00"), "65.2")]


def test_what_stays_uncertified_foots_as_it_is_shown(aurora, desk, client):
    """100.005 of 565.005: what is shown of both, 100.01 of 565.01, leaves 465.00."""
    with tenant_scope(aurora.pk):
        odd = make_text(desk.north, "Odd")
        line_of(odd, 1, resale_price="100.005")
        queue, done = queue_around(odd.pk, reporting_currency="USD", on=TODAY), behind(odd)
        assert [(each.currency, each.value, each.lines) for each in left_after(queue, done)] == [
            ("USD", Decimal("465.00"), 4)
        ]


def test_a_long_queue_is_shown_around_the_text_at_hand(aurora, desk):
    with tenant_scope(aurora.pk):
        texts = [make_text(desk.north, f"Without value {n}") for n in range(30)]
        queue = queue_around(texts[15].pk, reporting_currency="USD", on=TODAY)
        assert [row.place for row in queue.rows] == list(range(14, 28))
        assert (queue.here.place, queue.count, queue.here.value) == (19, 33, None)


def test_an_empty_queue_still_says_what_is_uncertified(aurora, desk):
    with tenant_scope(aurora.pk):
        ReportedEndBuyer.objects.filter(state="open").update(state="later")
        queue = queue_around(None, reporting_currency="USD", on=TODAY)
        assert (queue.rows, queue.count, queue.following, queue.preceding) == ([], 0, None, None)
        assert [each.lines for each in queue.sums] == [1, 4]


def test_the_page_says_what_speaks_for_a_candidate_and_what_hangs_on_the_text(aurora, desk, client):
    with tenant_scope(aurora.pk):
        make_agreement(make_product(), "1.00", end_buyer=desk.buyer, number="SPA-77")
        make_text(desk.north, "HALDEN RSL", state="certified", party=desk.buyer, method="person")
    shown = client.get(desk.page(desk.large)).content.decode()
    for words in (
        "agrees: Doncaster, DN2 4PE, GB", "SPA-77", "HALDEN RSL", "2 in 2 files", "300.00 USD", "465.00", "1 of 3",
        "<dt>Other partners with this name</dt><dd>1</dd>",
    ):  # fmt: skip
        assert words in shown
    assert "differs: Doncaster, DN2 4PE, GB" in client.get(desk.page(desk.euro)).content.decode()


def test_decisions_lead_from_text_to_text_and_the_last_to_the_list(aurora, desk, client):
    start = client.get(reverse("channel_inventory:text_work", args=[aurora.slug]))
    assert start.url == desk.page(desk.large)
    assert desk.decide(client, desk.large, candidate=desk.buyer.pk).url == desk.page(desk.euro)
    assert client.post(desk.url("certify_text", desk.euro), {"decision": "later"}).url == desk.page(desk.small)
    done = client.post(desk.url("certify_text", desk.small), {"decision": "reject", "reason": "Cash sale"})
    assert done.url == reverse("channel_inventory:text_list", args=[aurora.slug])
    assert [state_of(aurora, text) for text in (desk.large, desk.euro, desk.small)] == [
        "certified", "later", "rejected",
    ]  # fmt: skip
    with tenant_scope(aurora.pk):
        assert set(PosLine.objects.filter(reported_end_buyer=desk.large).values_list("end_buyer", flat=True)) == {
            desk.buyer.pk
        }
    history = client.get(reverse("people:history", args=[aurora.slug, "reported-end-buyer", desk.small.pk]))
    assert "Cash sale" in history.content.decode()
    assert client.get(reverse("channel_inventory:text_work", args=[aurora.slug])).url == done.url


def test_undo_goes_back_through_what_one_has_decided_oneself(aurora, desk, client):
    desk.decide(client, desk.large, candidate=desk.buyer.pk)
    client.post(desk.url("certify_text", desk.euro), {"decision": "later"})
    for text in (desk.euro, desk.large):
        undo = desk.url("reopen_text", text)
        assert f'action="{undo}"' in client.get(desk.page(desk.small)).content.decode()
        assert client.post(undo).url == desk.page(text)
        assert state_of(aurora, text) == "open"
    assert "Undo last" not in client.get(desk.page(desk.small)).content.decode()


def test_a_party_is_found_by_code_and_a_part_of_a_name_offers_what_is_like_it(aurora, desk, client):
    asked = desk.decide(client, desk.small, other="halden r")
    assert asked.status_code == 422
    shown = asked.content.decode()
    assert "There is no party “halden r”." in shown
    assert f'name="candidate" value="{desk.buyer.pk}"' in shown
    assert state_of(aurora, desk.small) == "open"
    assert desk.decide(client, desk.small, other="hrs-01").status_code == 302
    assert state_of(aurora, desk.small) == "certified"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Say which end buyer it is"),
        ({"candidate": "999999999"}, "This party is not there any more."),
        ({"decision": "reject"}, "Say why."),
        ({"decision": "eat"}, "to correct"),
    ],
)
def test_what_is_missing_comes_back_beside_its_field(desk, client, data, words):
    answer = desk.decide(client, desk.large, **data)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_null_character_finds_nobody(desk, client):
    answer = desk.decide(client, desk.large, other="Bright\0")
    assert answer.status_code == 422
    assert "Null characters are not allowed." in answer.content.decode()


def test_a_party_is_created_from_what_was_reported(aurora, desk, client):
    page = client.get(desk.page(desk.large)).content.decode()
    assert 'value="Wheatley Hall Rd 6"' in page
    assert 'value="HALDEN-RAIL-SIG"' in page
    new = {"name": "Halden Rail Ltd", "code": "HRS-01", "country": "GB", "address": "Hall Rd", "city": ""}
    taken = client.post(desk.url("certify_new_buyer", desk.large), {**new, "city": "Leeds"})
    assert (taken.status_code, "HRS-01" in taken.content.decode()) == (422, True)
    halved = client.post(desk.url("certify_new_buyer", desk.large), {**new, "code": "NEW"})
    assert (halved.status_code, "A place has a street and a city" in halved.content.decode()) == (422, True)
    done = client.post(desk.url("certify_new_buyer", desk.large), {**new, "code": "NEW", "city": "Leeds"})
    assert done.url == desk.page(desk.euro)
    with tenant_scope(aurora.pk):
        assert ReportedEndBuyer.objects.get(pk=desk.large.pk).party == Party.objects.get(code="NEW")


def test_a_code_that_is_taken_is_numbered_in_what_is_proposed(aurora, desk, client):
    with tenant_scope(aurora.pk):
        make_end_buyer("HALDEN-RAIL-SIG")
    assert 'value="HALDEN-RAIL-SIG-2"' in client.get(desk.page(desk.large)).content.decode()


def test_the_queue_of_one_partner_stays_its_own(desk, client):
    own = f"?partner={desk.north.pk}"
    shown = client.get(desk.page(desk.large) + own).content.decode()
    assert f'href="{desk.page(desk.small)}{own}"' in shown
    assert desk.page(desk.euro) not in shown
    sent = client.post(desk.url("certify_text", desk.large) + own, {"decision": "later"})
    assert sent.url == desk.page(desk.small) + own


def test_who_may_only_look_sees_the_text_and_no_button(aurora, desk, client):
    with tenant_scope(aurora.pk):
        client.force_login(make_member(Role.FINANCE).user)
    shown = client.get(desk.page(desk.large)).content.decode()
    assert "300.00 USD" in shown
    assert "Candidates" not in shown
    with tenant_scope(aurora.pk):
        client.force_login(make_member(Role.MANAGER).user)
    shown = client.get(desk.page(desk.large)).content.decode()
    assert ("Candidates" in shown, "Create party" in shown) == (True, False)


def test_somebody_who_is_slower_is_told_what_was_decided(aurora, desk, client):
    desk.decide(client, desk.large, candidate=desk.buyer.pk)
    late = desk.decide(client, desk.large, other="SOUTHGATE")
    assert late.status_code == 422
    assert "is certified already" in late.content.decode()
