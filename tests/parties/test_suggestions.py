"""Who is named like a text, for a person to choose from."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parties.models import PartyAlias
from parties.suggestions import suggest_parties
from tenancy.scope import tenant_scope
from tests.factories.parties import make_end_buyer, make_party, make_sell_to

pytestmark = pytest.mark.usefixtures("inside")


def test_the_likest_name_comes_first_with_its_trigram_score():
    halden = make_end_buyer("HRS", name="Halden Rail Signalling Ltd")
    works = make_end_buyer("HRW", name="Halden Railworks Oy")
    make_end_buyer("LUM", name="Lumen+Slate")
    found = suggest_parties({7: "halden rail sig"})[7]
    assert [each.party_id for each in found] == [halden.pk, works.pk]
    # trigrams: 7 of "halden", 5 of "rail", 4 of "sig", 11 of "signalling"; 15 are common, 16 + 23 - 15 there are in all
    assert found[0].score == Decimal("0.625")


def test_the_best_of_name_and_aliases_counts_and_a_merged_party_is_its_survivor():
    vms = make_end_buyer("VMS", name="Viking Marine Systems")
    PartyAlias.objects.create(party=vms, alias="VMS Galway", normalised="vms galway", reported_by=make_sell_to())
    old = make_end_buyer("OLD", name="Viking Marin", merged_into=vms)
    assert old.pk != vms.pk
    found = suggest_parties({1: "vms galway", 2: "viking marin", 3: "nobody knows", 4: ""})
    assert [[(each.party_id, each.score) for each in found[key]] for key in (1, 2, 3, 4)] == [
        [(vms.pk, Decimal(1))],
        [(vms.pk, Decimal(1))],
        [],
        [],
    ]


def test_only_end_buyers_and_no_more_than_asked_for_in_as_many_statements_for_any_number():
    make_party("FWD", "forwarder", name="Kordell Defence")
    for number in range(7):
        make_end_buyer(f"K{number}", name=f"Kordell Defence {number}")
    asked = {1: "kordell defence", 2: "kordell defense systems", **dict.fromkeys(range(3, 40), "kordell")}
    with CaptureQueriesContext(connection) as captured:
        found = suggest_parties(asked)
    # twice: the threshold, the question, the threshold as it was
    assert (len(found[1]), len(captured)) == (5, 6)


def test_those_much_alike_and_those_less_so_are_the_same_as_all_in_one():
    near = [make_end_buyer(f"N{number}", name=f"Kordell Defence {number}") for number in range(2)]
    far = make_end_buyer("FAR", name="Kordell Agents")
    found = suggest_parties({1: "kordell defence"})[1]
    assert [each.party_id for each in found] == [*(party.pk for party in near), far.pk]
    # trigrams: 8 of "kordell", 8 of "defence", 2 of the number; 7 of "agents"
    assert [each.score for each in found] == [Decimal("0.889"), Decimal("0.889"), Decimal("0.348")]
    with connection.cursor() as cursor:
        cursor.execute("SHOW pg_trgm.similarity_threshold")
        assert cursor.fetchone() == ("0.3",)


def test_another_tenant_and_an_outsider_are_told_of_nobody(aurora, kestrel):
    party = make_end_buyer("HRS", name="Halden Rail Signalling")
    asked = {1: "halden rail signalling"}
    assert len(suggest_parties(asked)[1]) == 1
    with tenant_scope(kestrel.pk):
        assert suggest_parties(asked)[1] == []
    with tenant_scope(aurora.pk, party_id=party.pk):
        assert suggest_parties(asked)[1] == []
