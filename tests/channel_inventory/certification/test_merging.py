"""A merge after the sale: what comes in from then on names the survivor, what was written keeps its party."""

import pytest

from channel_inventory.actions.certify_texts import certify_texts
from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.decide_text import certify_text, reopen_text
from channel_inventory.choices import Verdict
from channel_inventory.models import ClaimLine, LiabilityLedger, PartnerTerms, PosLine
from parties.actions.merge_party import merge_party
from parties.models import PartyAlias
from tenancy.choices import Role
from tests.channel_inventory.certification.samples import line_of
from tests.channel_inventory.claims.shop import Shop, claim_of, value
from tests.factories.channel_inventory import make_text
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.tenancy import make_member
from tests.fixtures import NOW


@pytest.fixture
def shop(inside):
    """Two sales of ten to an end buyer at agreed 105, certified by hand; one claim of 150 is approved, one waits."""
    shop = Shop()
    shop.agree("105", number="SPA-1")
    shop.by = make_member(Role.ADMIN, sees_cost=True)
    shop.text = make_text(shop.partner, "Brightwtr Metering")
    shop.sales = [shop.sell(10), shop.sell(10)]
    ids = [sale.pk for sale in shop.sales]
    PosLine.objects.filter(pk__in=ids).update(end_buyer=None, reported_end_buyer=shop.text)
    certify_text(text_id=shop.text.pk, party_id=shop.buyer.pk, by=shop.by, at=NOW)
    shop.claims = [claim_of(sale) for sale in shop.sales]
    first = shop.claims[0]
    decide_lines(seen={first.pk: first.version}, decision=Decision(Verdict.APPROVE), by=shop.by, at=NOW)
    shop.survivor = make_end_buyer("SURVIVOR")
    return shop


def merge(old, new):
    merge_party(loser_id=old.pk, survivor_id=new.pk, by=None, at=NOW)


def books():
    return [(row.entry, row.estimated, row.claimed, row.end_buyer_id) for row in LiabilityLedger.objects.order_by("pk")]


def test_the_next_line_of_a_text_gets_the_survivor_and_what_was_claimed_stays(shop):
    before, states = books(), list(ClaimLine.objects.order_by("pk").values_list("state", "amount", "end_buyer_id"))
    merge(shop.buyer, shop.survivor)
    value(*shop.sales)
    assert books() == before
    assert list(ClaimLine.objects.order_by("pk").values_list("state", "amount", "end_buyer_id")) == states
    assert states == [("approved", 150_00, shop.buyer.pk), ("pending", 150_00, shop.buyer.pk)]
    shop.text.refresh_from_db()
    assert shop.text.party == shop.survivor
    line = line_of(shop.text, end_buyer=None)
    certify_texts(text_ids=[shop.text.pk], at=NOW)
    line.refresh_from_db()
    assert line.end_buyer == shop.survivor
    assert PartyAlias.objects.get(normalised="brightwtr metering").party == shop.survivor


def test_the_same_sale_under_the_survivors_name_is_a_twin_of_the_claimed_one(shop):
    merge(shop.buyer, shop.survivor)
    first, shop.batch = shop.sales[0], shop.report()
    again = shop.sell(10, invoice_number=first.invoice_number, end_buyer=shop.survivor)
    value(again)
    assert "28" in [finding["code"] for finding in claim_of(again).findings]


def test_a_decision_can_be_taken_back_after_the_merge(shop):
    merge(shop.buyer, shop.survivor)
    reopen_text(text_id=shop.text.pk, by=shop.by, at=NOW)
    assert not PartyAlias.objects.filter(normalised="brightwtr metering").exists()
    assert set(ClaimLine.objects.values_list("state", flat=True)) == {"reversed"}
    assert sum(row.estimated + row.claimed for row in LiabilityLedger.objects.all()) == 0


def test_what_a_partner_called_others_is_what_its_survivor_calls_them(shop):
    other, kept = make_sell_to("OTHER"), make_end_buyer("KEPT")
    own = {"party": kept, "alias": "4711", "normalised": "4711", "reported_by": other}
    PartyAlias.objects.create(**own)
    PartyAlias.objects.create(**{**own, "party": shop.buyer, "reported_by": shop.partner})
    merge(shop.partner, other)
    texts = [make_text(other, "Brightwtr Metering"), make_text(other, "x", code="4711")]
    certify_texts(text_ids=[text.pk for text in texts], at=NOW)
    for text in texts:
        text.refresh_from_db()
    assert [text.party for text in texts] == [shop.buyer, kept]
    late = make_text(shop.partner, "Brightwater Ltd Hull")
    certify_text(text_id=late.pk, party_id=shop.buyer.pk, by=shop.by, at=NOW)
    late.refresh_from_db()
    assert late.alias.reported_by == other


def test_terms_go_on_for_what_the_loser_reported_and_the_survivor_gets_them_if_it_has_none(shop):
    free, bound = make_sell_to("FREE"), make_sell_to("BOUND")
    old = make_sell_to("OLD")
    PartnerTerms.objects.create(partner=shop.partner, window_days=30, claim_days=45)
    PartnerTerms.objects.create(partner=old, window_days=20)
    PartnerTerms.objects.create(partner=bound, window_days=10)
    merge(shop.partner, free)
    merge(old, bound)
    found = dict(PartnerTerms.objects.values_list("partner__code", "window_days"))
    assert (found[shop.partner.code], found["FREE"], found["OLD"], found["BOUND"]) == (30, 30, 20, 10)
    assert PartnerTerms.objects.get(partner=free).claim_days == 45
