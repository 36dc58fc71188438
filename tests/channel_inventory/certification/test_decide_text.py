"""A person certifies, rejects, puts off, and takes it back; what was sold claims accordingly."""

import datetime as dt

import pytest

from channel_inventory.actions.certify_new_buyer import NewBuyer, certify_new_buyer
from channel_inventory.actions.certify_texts import certify_texts
from channel_inventory.actions.decide_text import (
    AliasElsewhere,
    TextDecided,
    certify_text,
    reopen_text,
    set_text_aside,
)
from channel_inventory.choices import CertificationMethod, TextState
from channel_inventory.models import ClaimLine, LiabilityLedger, PosLine, ReportedEndBuyer
from parties.errors import CodeTaken
from parties.models import Location, Party, PartyAlias, PartyRoleFact
from tenancy.choices import Role
from tenancy.models import AuditEntry
from tenancy.scope import tenant_scope
from tests.channel_inventory.claims.shop import SOLD, Shop, value
from tests.factories.channel_inventory import make_text
from tests.factories.parties import make_end_buyer, make_party
from tests.factories.tenancy import make_member
from tests.fixtures import NOW, TODAY


@pytest.fixture
def here(aurora):
    """Ten units at 120, sold to a name that nobody knows; its end buyer has agreed 105."""
    with tenant_scope(aurora.pk):
        shop = Shop()
        shop.agree("105", number="SPA-1")
        shop.sale = shop.sell(10)
        shop.text = make_text(shop.partner, "Brightwtr Metering")
        PosLine.objects.filter(pk=shop.sale.pk).update(end_buyer=None, reported_end_buyer=shop.text)
        shop.by = make_member(Role.MANAGER, sees_cost=True)
        value(shop.sale)
        assert not ClaimLine.objects.exists()
        yield shop


def claimed():
    return [line.amount for line in ClaimLine.objects.exclude(state="reversed")]


def open_liability():
    return sum(row.estimated + row.claimed for row in LiabilityLedger.objects.all())


def test_certified_lines_claim_and_the_name_is_learnt(here):
    for _ in range(2):
        text = certify_text(text_id=here.text.pk, party_id=here.buyer.pk, by=here.by, at=NOW)
    assert (text.state, text.method) == (TextState.CERTIFIED, CertificationMethod.PERSON)
    assert PosLine.objects.get(pk=here.sale.pk).end_buyer_id == here.buyer.pk
    # 10 × (120 − 105)
    assert claimed() == [150_00]
    assert open_liability() == 150_00
    alias = PartyAlias.objects.get()
    assert (alias.party_id, alias.reported_by_id) == (here.buyer.pk, here.partner.pk)
    next_time = make_text(here.partner, "Brightwtr Metering")
    certify_texts(text_ids=[next_time.pk], at=NOW)
    next_time.refresh_from_db()
    assert (next_time.party_id, next_time.method) == (here.buyer.pk, CertificationMethod.ALIAS)


def test_opening_again_takes_claim_and_alias_back(here):
    certify_text(text_id=here.text.pk, party_id=here.buyer.pk, by=here.by, at=NOW)
    for _ in range(2):
        text = reopen_text(text_id=here.text.pk, by=here.by, at=NOW)
    assert (text.state, text.party_id) == (TextState.OPEN, None)
    assert PosLine.objects.get(pk=here.sale.pk).end_buyer_id is None
    assert claimed() == []
    assert open_liability() == 0
    assert not PartyAlias.objects.exists()


def test_what_is_certified_again_is_never_owed_twice(here):
    """Opened again after two days, certified anew two days later: the second estimate starts where the first ended."""
    opened, again = (NOW + dt.timedelta(days=days) for days in (2, 4))
    certify_text(text_id=here.text.pk, party_id=here.buyer.pk, by=here.by, at=NOW)
    reopen_text(text_id=here.text.pk, by=here.by, at=opened)
    certify_text(text_id=here.text.pk, party_id=here.buyer.pk, by=here.by, at=again)
    rows = LiabilityLedger.objects.order_by("pk").values_list("entry", "estimated", "business_date", "event_date")
    ended = TODAY + dt.timedelta(days=2)
    assert list(rows) == [
        ("accrue", 150_00, SOLD, SOLD), ("reverse", -150_00, ended, ended), ("accrue", 150_00, ended, SOLD)
    ]  # fmt: skip


def test_what_is_rejected_stays_so_and_is_opened_before_it_is_certified(here):
    set_text_aside(text_id=here.text.pk, is_rejected=True, by=here.by, at=NOW)
    certify_texts(text_ids=[here.text.pk], at=NOW)
    assert ReportedEndBuyer.objects.get(pk=here.text.pk).state == TextState.REJECTED
    with pytest.raises(TextDecided, match="rejected already"):
        certify_text(text_id=here.text.pk, party_id=here.buyer.pk, by=here.by, at=NOW)


def test_an_alias_that_means_somebody_else_is_not_overwritten(here):
    other = make_end_buyer("OTHER")
    PartyAlias.objects.create(party=other, alias="x", normalised=here.text.normalised_name, reported_by=here.partner)
    with pytest.raises(AliasElsewhere, match="OTHER"):
        certify_text(text_id=here.text.pk, party_id=here.buyer.pk, by=here.by, at=NOW)
    assert ReportedEndBuyer.objects.get(pk=here.text.pk).state == TextState.OPEN


def test_what_is_not_learnt_waits_again_next_time(here):
    certify_text(text_id=here.text.pk, party_id=here.buyer.pk, is_learnt=False, by=here.by, at=NOW)
    assert claimed() == [150_00]
    assert not PartyAlias.objects.exists()
    next_time = make_text(here.partner, "Brightwtr Metering")
    assert certify_texts(text_ids=[next_time.pk], at=NOW).waiting == 1


def test_whoever_a_text_is_certified_to_is_an_end_buyer_from_then_on(here):
    other = make_party("FENWICK", "forwarder")
    certify_text(text_id=here.text.pk, party_id=other.pk, by=here.by, at=NOW)
    assert sorted(PartyRoleFact.objects.filter(party=other).values_list("role", flat=True)) == [
        "end_buyer", "forwarder",
    ]  # fmt: skip


def test_a_new_buyer_gets_code_place_and_claim_and_stays_when_it_is_undone(here):
    buyer = NewBuyer("BRIGHT", "Brightwater Metering Ltd", "GB", "Dock Road 4", "Hull", "hu9 1pq")
    text = certify_new_buyer(text_id=here.text.pk, buyer=buyer, by=here.by, at=NOW)
    assert (text.party.code, text.party.country, text.method) == ("BRIGHT", "GB", CertificationMethod.CREATED)
    place = Location.objects.get(party=text.party)
    assert (place.address1, place.city, place.postcode, place.country) == ("Dock Road 4", "Hull", "HU9 1PQ", "GB")
    assert PosLine.objects.get(pk=here.sale.pk).end_buyer_id == text.party_id
    reopen_text(text_id=here.text.pk, by=here.by, at=NOW)
    assert Party.objects.filter(code="BRIGHT").exists()
    assert not PartyAlias.objects.exists()
    with pytest.raises(CodeTaken):
        certify_new_buyer(text_id=here.text.pk, buyer=buyer, by=here.by, at=NOW)


def test_a_new_buyer_without_an_address_has_no_place_and_a_decided_text_makes_none(here):
    certify_new_buyer(text_id=here.text.pk, buyer=NewBuyer("A", "Aye", "DE"), by=here.by, at=NOW)
    assert not Location.objects.exists()
    with pytest.raises(TextDecided):
        certify_new_buyer(text_id=here.text.pk, buyer=NewBuyer("B", "Bee", "DE"), by=here.by, at=NOW)
    assert not Party.objects.filter(code="B").exists()


def test_decisions_stand_in_the_history_and_new_texts_do_not(here):
    certify_text(text_id=here.text.pk, party_id=here.buyer.pk, by=here.by, at=NOW)
    reopen_text(text_id=here.text.pk, by=here.by, at=NOW)
    told = AuditEntry.objects.filter(table_name="channel_inventory_reportedendbuyer", row_id=here.text.pk)
    assert [(each.action, each.before["state"], each.after["state"]) for each in told.order_by("pk")] == [
        ("update", "open", "certified"),
        ("update", "certified", "open"),
    ]
