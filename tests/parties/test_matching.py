"""Text to party: in which order, and for whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.columns import Ambiguous
from parties.matching import match_parties
from parties.models import PartyAlias
from parties.references import PARTY, SHIP_FROM, SHIP_TO
from tests.factories.parties import make_location, make_party

pytestmark = pytest.mark.usefixtures("inside")


def alias(party, text, reported_by=None):
    return PartyAlias.objects.create(party=party, alias=text, normalised=text.lower(), reported_by=reported_by)


def test_code_goes_before_alias_and_alias_before_name():
    by_code, by_alias = make_party("HALDEN", name="Code Owner"), make_party("P2", name="Alias Owner")
    alias(by_alias, "halden")
    alias(by_alias, "tarn")
    named = make_party("P3", name="Tarn Ltd")
    brook = make_party("P4", name="Brook Tools, Inc.")
    found = match_parties(["HALDEN", "halden", "TARN", "BROOK TOOLS", "nobody", " "])
    assert {text: (match.method, match.party_id) for text, match in found.items()} == {
        "HALDEN": ("code", by_code.pk),
        "halden": ("code", by_code.pk),
        "TARN": ("alias", by_alias.pk),
        "BROOK TOOLS": ("name", brook.pk),
    }
    assert match_parties(["Tarn Limited"], by_name=False)["Tarn Limited"].party_id == by_alias.pk
    assert named.pk != by_alias.pk


def test_what_one_partner_reports_is_its_own():
    north, south = make_party("NORTH"), make_party("SOUTH")
    mine, general = make_party("MINE"), make_party("GENERAL")
    alias(mine, "4711", reported_by=north)
    alias(general, "4711")
    assert match_parties(["4711"], reported_by=north.pk)["4711"].party_id == mine.pk
    assert match_parties(["4711"], reported_by=south.pk)["4711"].party_id == general.pk


def test_a_merged_party_answers_with_its_survivor():
    new = make_party("NEW", name="New")
    make_party("OLD", name="Old Name", merged_into=new)
    found = match_parties(["OLD", "Old Name"])
    assert [found[text].party_id for text in ("OLD", "Old Name")] == [new.pk, new.pk]


def test_two_parties_of_one_name_are_ambiguous():
    pair = {make_party("A", name="Twin Inc").pk, make_party("B", name="Twin Ltd").pk}
    match = match_parties(["TWIN"])["TWIN"]
    assert (set(match.party_ids), match.party_id) == (pair, None)


def test_a_thousand_texts_are_one_statement():
    make_party("P500", name="Five hundred")
    with CaptureQueriesContext(connection) as captured:
        found = match_parties([f"P{n}" for n in range(1_000)])
    assert (len(captured), list(found)) == (1, ["P500"])


def test_files_name_parties_by_code_or_alias_never_by_name():
    party = make_party("ACME", name="Acme Steel")
    alias(party, "stahl")
    assert PARTY.find(frozenset({"ACME", "Stahl", "Acme Steel"}), None) == {"ACME": party.pk, "Stahl": party.pk}


def test_places_are_found_by_pair_code_gln_or_only_place():
    acme, beta = make_party("ACME"), make_party("BETA")
    hq = make_location(acme, "HQ", gln="4006381333931")
    dock = make_location(acme, "DOCK", purpose="ship_from")
    other = make_location(beta, "HQ")
    only = make_location(make_party("SOLO"), "S/1")
    texts = frozenset({"ACME/HQ", "BETA/HQ", "HQ", "DOCK", "4006381333931", "ACME", "SOLO", "S/1", "gone"})
    found = SHIP_TO.find(texts, None)
    assert isinstance(found.pop("HQ"), Ambiguous)
    assert found == {
        "ACME/HQ": hq.pk,
        "BETA/HQ": other.pk,
        "DOCK": dock.pk,
        "4006381333931": hq.pk,
        "ACME": hq.pk,
        "SOLO": only.pk,
        "S/1": only.pk,
    }
    assert SHIP_FROM.find(frozenset({"ACME"}), None) == {"ACME": dock.pk}
