"""Parties and places on pages."""

import pytest
from django.urls import reverse

from parties.models import Location, Party, PartyAlias
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.parties import make_location, make_party
from tests.factories.tenancy import make_member

GIVEN = {
    "code": "ACME",
    "name": "Acme Steel Inc",
    "roles": ["sell_to", "end_buyer"],
    "country": "us",
    "status": "active",
    "payment_terms_days": "45",
    "early_days": "3",
    "late_days": "0",
}
PLACE = {"code": "HQ", "name": "Head", "purpose": "ship_to", "address1": "1 St", "city": "Reno", "country": "US"}


@pytest.fixture
def signed_in(client, aurora):
    with tenant_scope(aurora.pk):
        client.force_login(make_member(Role.ADMIN).user)
    return client


@pytest.fixture
def url(aurora):
    return lambda name, *args: reverse(f"parties:{name}", args=[aurora.slug, *args])


def only(model, tenant, **which):
    with tenant_scope(tenant.pk):
        return model.objects.get(**which)


def test_a_party_is_entered_shown_and_changed(signed_in, aurora, url):
    assert signed_in.post(url("party_create"), GIVEN).status_code == 302
    party = only(Party, aurora)
    assert (party.short_name, party.country, party.payment_terms_days) == ("Acme Steel", "US", 45)
    page = signed_in.get(url("party_detail", party.pk))
    assert "Acme Steel Inc" in page.text
    assert "End buyer, Sell-to" in page.text
    assert 'value="ACME"' in signed_in.get(url("party_edit", party.pk)).text
    changed = {**GIVEN, "code": "OTHER", "name": "Acme Two", "short_name": "", "roles": ["sell_to"]}
    assert signed_in.post(url("party_edit", party.pk), changed).status_code == 302
    party = only(Party, aurora)
    assert (party.code, party.name, party.short_name) == ("ACME", "Acme Two", "Acme Two")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"country": "XX"}, "no ISO country code"),
        ({"currency": "ZZZ"}, "no ISO currency code"),
        ({"parent": "GONE"}, "There is no party “GONE”."),
        ({"roles": ["wizard"]}, "Select a valid choice"),
        ({"payment_terms_days": "-1"}, "greater than or equal to 0"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(signed_in, aurora, url, wrong, words):
    page = signed_in.post(url("party_create"), {**GIVEN, **wrong})
    assert (page.status_code, words in page.text, 'value="45"' in page.text or "payment_terms_days" in wrong) == (
        422,
        True,
        True,
    )
    with tenant_scope(aurora.pk):
        assert not Party.objects.exists()


def test_a_taken_code_and_a_circle_of_parents_are_refused(signed_in, aurora, url):
    with tenant_scope(aurora.pk):
        top = make_party("ACME")
        make_party("LOW", parent=top)
    assert "There is a party “ACME” already." in signed_in.post(url("party_create"), GIVEN).text
    page = signed_in.post(url("party_edit", top.pk), {**GIVEN, "parent": "LOW"})
    assert "cannot stand above itself" in page.text


def test_aliases_are_added_and_parties_merged(signed_in, aurora, url):
    with tenant_scope(aurora.pk):
        old, new = make_party("OLD"), make_party("NEW", name="New Name")
    assert signed_in.post(url("alias_add", old.pk), {"alias": "The old one"}).status_code == 302
    assert "means OLD already" in signed_in.post(url("alias_add", new.pk), {"alias": "the OLD one"}).text
    assert "cannot be merged with itself" in signed_in.post(url("party_merge", old.pk), {"survivor": "OLD"}).text
    assert signed_in.post(url("party_merge", old.pk), {"survivor": "New Name"}).status_code == 302
    assert only(Party, aurora, code="OLD").merged_into_id == new.pk
    assert "it goes on as" in signed_in.get(url("party_detail", old.pk)).text
    with tenant_scope(aurora.pk):
        assert set(PartyAlias.objects.values_list("party_id", flat=True)) == {new.pk}


def test_places_are_added_and_changed_on_their_party(signed_in, aurora, url):
    with tenant_scope(aurora.pk):
        party, other = make_party("ACME"), make_party("BETA")
    assert signed_in.post(url("location_add", party.pk), {**PLACE, "gln": "123"}).status_code == 422
    assert signed_in.post(url("location_add", party.pk), PLACE).status_code == 302
    place = only(Location, aurora)
    assert signed_in.get(url("location_edit", other.pk, place.pk)).status_code == 404
    assert signed_in.post(url("location_edit", party.pk, place.pk), {**PLACE, "city": "Boise"}).status_code == 302
    assert only(Location, aurora).city == "Boise"
    assert "already" in signed_in.post(url("location_add", party.pk), PLACE).text


def test_lists_are_filtered_by_how_code_or_name_begin(signed_in, aurora, url):
    with tenant_scope(aurora.pk):
        make_location(make_party("ACME", "sell_to", name="Zeta Works"), "HQ")
        make_party("BETA", "partner", name="Beta")
    found = signed_in.get(url("party_list"), {"q": "zeta"})
    assert ("ACME" in found.text, "BETA" in found.text) == (True, False)
    assert "BETA" not in signed_in.get(url("party_list"), {"role": "sell_to"}).text
    assert "HQ" in signed_in.get(url("location_list"), {"q": "AC"}).text


def test_a_party_of_another_tenant_cannot_be_named_in_a_form(signed_in, aurora, kestrel, url):
    with tenant_scope(kestrel.pk):
        foreign = make_party("KES")
    assert "There is no party “KES”." in signed_in.post(url("party_create"), {**GIVEN, "parent": "KES"}).text
    assert signed_in.get(url("party_detail", foreign.pk)).status_code == 404
