"""Creating, changing, merging parties; learning aliases."""

import pytest

from parties.actions.add_alias import add_alias
from parties.actions.create_party import create_party
from parties.actions.merge_party import MergeWithItself, merge_party
from parties.actions.save_location import save_location
from parties.actions.save_party import save_party
from parties.errors import AliasEmpty, AliasTaken, CodeTaken, LocationCodeTaken, ParentCycle, PartyMerged
from parties.matching import match_parties
from parties.models import Party, PartyAlias, PartyRoleFact
from tests.factories.parties import make_location, make_party
from tests.fixtures import NOW

pytestmark = pytest.mark.usefixtures("inside")
WHO = {"by": None, "at": NOW}
PLACE = {"name": "Main", "purpose": "ship_to", "address1": "1 Main St", "city": "Reno", "country": "US"}


def roles(party):
    return set(PartyRoleFact.objects.filter(party=party).values_list("role", flat=True))


def test_a_party_is_created_with_roles_and_refused_under_a_taken_code():
    party = create_party(code="ACME", name="Acme Steel Inc", roles=["sell_to", "partner"], country="US", **WHO)
    assert (party.short_name, party.normalised_name, roles(party)) == (
        "Acme Steel",
        "acme steel",
        {"sell_to", "partner"},
    )
    with pytest.raises(CodeTaken):
        create_party(code="ACME", name="Other", roles=[], country="US", **WHO)


def test_saving_changes_fields_and_roles_and_keeps_the_name_comparable():
    party = make_party("ACME", "sell_to")
    save_party(party_id=party.pk, roles=["end_buyer"], name="Neu GmbH", credit_limit=10, **WHO)
    party.refresh_from_db()
    assert (party.normalised_name, party.credit_limit, roles(party)) == ("neu", 10, {"end_buyer"})
    save_party(party_id=party.pk, country="DE", **WHO)
    assert roles(party) == {"end_buyer"}


def test_a_party_is_never_put_below_itself():
    top = make_party("TOP")
    middle = make_party("MID", parent=top)
    low = make_party("LOW", parent=middle)
    for parent in (top, low):
        with pytest.raises(ParentCycle):
            save_party(party_id=top.pk, parent_id=parent.pk, **WHO)
    assert save_party(party_id=low.pk, parent_id=top.pk, **WHO).parent_id == top.pk


def test_a_merged_party_goes_on_as_its_survivor():
    old, new = make_party("OLD-1", "sell_to", "partner", name="Old"), make_party("NEW", "sell_to", name="New")
    older = make_party("OLDER", merged_into=old)
    branch = make_party("BRANCH", parent=old)
    add_alias(party_id=old.pk, alias="The old one", reported_by_id=None, **WHO)
    merge_party(loser_id=old.pk, survivor_id=new.pk, **WHO)
    for party in (old, older, branch):
        party.refresh_from_db()
    assert (old.merged_into_id, older.merged_into_id, branch.parent_id) == (new.pk, new.pk, new.pk)
    assert roles(new) == {"sell_to", "partner"}
    found = match_parties(["OLD-1", "old 1", "the OLD one", "OLDER"])
    assert {match.party_id for match in found.values()} == {new.pk}
    assert len(found) == 4
    with pytest.raises(PartyMerged):
        save_party(party_id=old.pk, name="Again", **WHO)
    with pytest.raises(PartyMerged):
        merge_party(loser_id=old.pk, survivor_id=new.pk, **WHO)
    with pytest.raises(MergeWithItself):
        merge_party(loser_id=new.pk, survivor_id=new.pk, **WHO)


def test_merging_a_parent_into_its_branch_leaves_no_circle():
    owner = make_party("OWNER")
    top = make_party("TOP", parent=owner)
    middle = make_party("MID", parent=top)
    low = make_party("LOW", parent=middle)
    merge_party(loser_id=top.pk, survivor_id=low.pk, **WHO)
    assert dict(Party.objects.exclude(code="TOP").values_list("code", "parent__code")) == {
        "OWNER": None,
        "LOW": "OWNER",
        "MID": "LOW",
    }


def test_an_alias_is_learnt_once_and_means_one_party():
    acme, beta = make_party("ACME"), make_party("BETA")
    first = add_alias(party_id=acme.pk, alias=" Acme Stahl GmbH ", reported_by_id=None, **WHO)
    assert add_alias(party_id=acme.pk, alias="ACME STAHL", reported_by_id=None, **WHO).pk == first.pk
    with pytest.raises(AliasTaken, match="means ACME already"):
        add_alias(party_id=beta.pk, alias="acme stahl", reported_by_id=None, **WHO)
    add_alias(party_id=beta.pk, alias="acme stahl", reported_by_id=acme.pk, **WHO)
    with pytest.raises(AliasEmpty):
        add_alias(party_id=beta.pk, alias="---", reported_by_id=None, **WHO)
    assert PartyAlias.objects.count() == 2


def test_a_place_is_added_and_changed_under_one_code_a_party():
    party = make_party("ACME")
    place = save_location(party_id=party.pk, code="HQ", postcode="123456789", **PLACE, **WHO)
    assert place.postcode == "12345-6789"
    with pytest.raises(LocationCodeTaken):
        save_location(party_id=party.pk, code="HQ", **PLACE, **WHO)
    make_location(party, "DOCK")
    with pytest.raises(LocationCodeTaken):
        save_location(party_id=party.pk, location_id=place.pk, code="DOCK", **PLACE, **WHO)
    changed = save_location(party_id=party.pk, location_id=place.pk, code="HQ2", **{**PLACE, "city": "Boise"}, **WHO)
    changed.refresh_from_db()
    assert (changed.code, changed.city) == ("HQ2", "Boise")
