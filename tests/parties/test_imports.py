"""Files about parties: rules that go beyond one cell."""

import pytest

from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from exchange.models import TradingPartner
from parties.models import Contact, Location, Party, PartyAlias, PartyRoleFact
from tenancy.scope import tenant_scope
from tests.exchange.files import codes, counts, csv_file, take
from tests.factories.parties import make_location, make_party

HEAD = "code,name,roles,parent,country"
pytestmark = pytest.mark.django_db


def test_a_party_takes_its_roles_defaults_and_a_derived_short_name(inside):
    take("parties", csv_file(HEAD, "AVN,Avalon Components Distribution Inc.,sell_to|partner,,US"))
    party = Party.objects.get(code="AVN")
    assert (party.normalised_name, party.short_name) == ("avalon components distribution", "Avalon Comp.")
    assert (party.payment_terms_days, party.status, party.currency) == (30, "active", "")
    roles = PartyRoleFact.objects.filter(party=party).order_by("role").values_list("role", flat=True)
    assert list(roles) == ["partner", "sell_to"]


def test_a_parent_may_stand_further_down_in_the_same_file(inside):
    batch = take("parties", csv_file(HEAD, "BR,Branch,sell_to,HQ,US", "HQ,Head,sell_to,,US", "BR2,Two,sell_to,BR,US"))
    assert counts(batch) == (3, 0, 0, 0)
    parents = dict(Party.objects.values_list("code", "parent__code"))
    assert parents == {"BR": "HQ", "HQ": None, "BR2": "BR"}


def test_circles_of_parents_are_refused_within_the_file_and_with_what_is_there(inside):
    batch = take("parties", csv_file(HEAD, "A,A,sell_to,B,US", "B,B,sell_to,A,US", "C,C,sell_to,C,US"))
    assert codes(batch) == [(row, "parent", "parent_cycle") for row in (2, 3, 4)]
    top = make_party("TOP")
    make_party("LOW", parent=top)
    assert codes(take("parties", csv_file(HEAD, "TOP,Top,sell_to,LOW,US"))) == [(2, "parent", "parent_cycle")]


def test_a_row_below_a_refused_parent_is_refused_too(inside):
    lines = "HQ,Head,wizard,,US", "BR,Branch,sell_to,HQ,US"
    batch = take("parties", csv_file(HEAD, *lines))
    assert codes(batch) == [(2, "roles", "bad_choice"), (3, "parent", "unknown_party")]
    cycle = take("parties", csv_file(HEAD, "A,A,sell_to,B,US", "B,B,sell_to,A,US", "X,X,sell_to,A,US"))
    assert codes(cycle)[2] == (4, "parent", "parent_refused")


def test_an_update_leaves_what_the_file_does_not_have(inside):
    make_party("ACME", "sell_to", name="Acme", short_name="Ac", credit_limit=500, currency="EUR")
    take("parties", "code,name,roles,country,short_name\nACME,Acme Two,end_buyer,DE,\n")
    party = Party.objects.get()
    assert (party.name, party.short_name, party.currency, party.credit_limit) == ("Acme Two", "Ac", "EUR", 500)
    assert list(PartyRoleFact.objects.values_list("role", flat=True)) == ["end_buyer"]
    take("parties", "code,name,roles,country,credit_limit,currency\nACME,Acme Two,end_buyer,DE,,\n")
    assert Party.objects.values_list("credit_limit", "currency").get() == (None, "")


def test_a_merged_party_is_not_changed_by_a_file(inside):
    make_party("OLD", merged_into=make_party("NEW"))
    assert codes(take("parties", csv_file(HEAD, "OLD,Old,sell_to,,US"))) == [(2, "code", "merged_party")]
    place = "party,code,name,purpose,address1,city,country\nOLD,X,Xs,hub,1 St,Reno,US\n"
    take("locations", place)
    assert Location.objects.get().party.code == "NEW"


def test_codes_of_another_tenant_mean_nothing_here(aurora, kestrel):
    with tenant_scope(kestrel.pk):
        make_party("KES", "sell_to")
    with tenant_scope(aurora.pk):
        batch = take("parties", csv_file(HEAD, "ACME,Acme,sell_to,KES,US"))
        assert codes(batch) == [(2, "parent", "unknown_party")]
        assert counts(take("parties", csv_file(HEAD, "KES,Ours,sell_to,,US"))) == (1, 0, 0, 0)
    with tenant_scope(kestrel.pk):
        assert Party.objects.get().name == "KES Company"


def test_locations_take_postcodes_as_the_country_writes_them(inside):
    make_party("ACME")
    head = "party,code,name,purpose,address1,city,postcode,country,gln"
    lines = "ACME,LON,London,ship_to,1 Road,London,sw1a1aa,GB,4006381333931", "ACME,BAD,Bad,hub,1 St,Reno,1,US,123"
    batch = take("locations", csv_file(head, *lines))
    assert codes(batch) == [(3, "gln", "bad_gln")]
    assert Location.objects.get().postcode == "SW1A 1AA"
    assert counts(take("locations", export_bytes(kind_named("locations"), "csv"))) == (0, 0, 1, 0)


def test_one_location_code_at_two_parties_is_two_places(inside):
    make_location(make_party("A"), "HQ")
    make_party("B")
    head = "party,code,name,purpose,address1,city,country"
    assert counts(take("locations", csv_file(head, "B,HQ,B HQ,hub,1 St,Reno,US"))) == (1, 0, 0, 0)
    assert Location.objects.count() == 2


def test_aliases_are_learnt_once_and_never_taken_over(inside):
    acme, beta = make_party("ACME", name="Acme"), make_party("BETA", name="Beta")
    head = "party,alias,reported_by"
    lines = "ACME,Acme Steel GmbH,", "ACME,4711,BETA", "BETA,ACME STEEL,", "ACME,acme steel,", "ACME,???,"
    batch = take("aliases", csv_file(head, *lines))
    assert counts(batch) == (2, 3, 0, 0)
    assert codes(batch) == [(4, "alias", "repeated_row"), (5, "alias", "repeated_row"), (6, "alias", "empty_alias")]
    again = take("aliases", csv_file(head, "BETA,Acme Steel,", "ACME,Acme Steel,", "BETA,4711,"))
    assert codes(again) == [(2, "alias", "alias_taken")]
    assert counts(again) == (1, 1, 1, 0)
    learnt = set(PartyAlias.objects.values_list("party_id", "normalised", "reported_by_id"))
    assert learnt == {(acme.pk, "acme steel", None), (acme.pk, "4711", beta.pk), (beta.pk, "4711", None)}
    assert counts(take("aliases", export_bytes(kind_named("aliases"), "csv"))) == (0, 0, 3, 0)


PEOPLE = "party,name,purpose,email,phone\nACME,Pat,Orders,pat@acme.example,1\nACME,Kim,,,\n"


def test_people_are_told_by_party_and_name(inside):
    acme, beta = make_party("ACME"), make_party("BETA")
    assert counts(take("contacts", PEOPLE)) == (2, 0, 0, 0)
    assert counts(take("contacts", "party,name,phone\nACME,Pat,2\nBETA,Pat,3\n")) == (2, 0, 0, 0)
    found = Contact.objects.order_by("party__code", "name").values_list("party", "name", "email", "phone")
    assert list(found) == [
        (acme.pk, "Kim", "", ""), (acme.pk, "Pat", "pat@acme.example", "2"), (beta.pk, "Pat", "", "3"),
    ]  # fmt: skip
    assert counts(take("contacts", export_bytes(kind_named("contacts"), "csv"))) == (0, 0, 3, 0)


def test_a_person_without_party_name_or_a_true_address_is_refused(inside):
    make_party("ACME")
    batch = take("contacts", "party,name,email\nNONE,Pat,\nACME,,\nACME,Pat,no address\nACME,Kim,\nACME,Kim,\n")
    assert [(row, field) for row, field, _ in codes(batch)] == [(2, "party"), (3, "name"), (4, "email"), (6, "party")]
    assert Contact.objects.get().name == "Kim"


EDI = "name,qualifier,identity,application,sell_to,currency,test_allowed,units\n"


def test_trading_partners_are_told_by_their_identity(inside):
    acme = make_party("ACME")
    rows = "Acme,01,828513080,,ACME,USD,yes,PC = EA | bx=BOX\nBeta,ZZ,BETA,APP,,,,\n"
    assert counts(take("trading_partners", EDI + rows)) == (2, 0, 0, 0)
    first = TradingPartner.objects.get(identity="828513080")
    assert (first.name, first.party_id, first.currency, first.test_allowed) == ("Acme", acme.pk, "USD", True)
    assert first.unit_map == {"PC": "EA", "BX": "BOX"}
    # a column that is not in the file is left alone
    assert counts(take("trading_partners", "name,qualifier,identity\nAcme Steel,01,828513080\n")) == (1, 0, 0, 0)
    first.refresh_from_db()
    assert (first.name, first.party_id, first.unit_map["BX"]) == ("Acme Steel", acme.pk, "BOX")
    assert counts(take("trading_partners", export_bytes(kind_named("trading_partners"), "csv"))) == (0, 0, 2, 0)


def test_a_trading_partner_without_identity_or_with_odd_units_is_refused(inside):
    rows = "Acme,01,,,,,,\nBeta,ZZ,BETA,,NONE,,,\nGamma,ZZ,G,,,,,PC\nDelta,ZZ,D,,,,,\nDelta 2,ZZ,D,,,,,\n"
    batch = take("trading_partners", EDI + rows)
    found = [(row, field) for row, field, _ in codes(batch)]
    assert found[:3] == [(2, "identity"), (3, "sell_to"), (4, "units")]
    assert [row for row, _ in found[3:]] == [6]
    assert TradingPartner.objects.get().name == "Delta"
