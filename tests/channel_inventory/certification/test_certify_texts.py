"""What is certified without a person: in which order, and when an address stands against it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channel_inventory.actions.certify_texts import certify_texts
from channel_inventory.models import PosLine, ReportedEndBuyer
from parties.models import PartyAlias
from tests.channel_inventory.certification.samples import line_of
from tests.factories.channel_inventory import make_text
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.fixtures import NOW

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def northgate(inside):
    return make_sell_to("NORTHGATE")


@pytest.fixture
def halden(inside):
    party = make_end_buyer("HRS-01", name="Halden Rail Signalling Ltd", country="GB")
    make_location(party, city="Doncaster", postcode="DN2 4PE", country="GB")
    return party


def learn(party, text, partner=None):
    return PartyAlias.objects.create(party=party, alias=text, normalised=text.lower(), reported_by=partner)


def certified(*texts):
    """Method and code of the party of each text, after certifying them together."""
    certify_texts(text_ids=[text.pk for text in texts], at=NOW)
    stored = ReportedEndBuyer.objects.select_related("party").in_bulk([text.pk for text in texts])
    return [(stored[text.pk].method, getattr(stored[text.pk].party, "code", None)) for text in texts]


OPEN = ("", None)


def test_code_goes_before_alias_and_alias_before_name(northgate, halden):
    other, third = make_end_buyer("OTHER", name="Tarn Power Tools"), make_end_buyer("THIRD", name="Corvid Robotics")
    learn(other, "halden rail signalling", northgate)
    learn(third, "ng 20417")
    assert certified(
        make_text(northgate, "Halden Rail Signalling", code="hrs-01"),
        make_text(northgate, "HALDEN RAIL SIGNALLING LTD"),
        make_text(northgate, "Somebody", code="NG 20417"),
        make_text(northgate, "CORVID ROBOTICS INC."),
        make_text(northgate, "Halden Rail"),
    ) == [("code", "HRS-01"), ("alias", "OTHER"), ("alias", "THIRD"), ("name", "THIRD"), OPEN]


def test_what_a_partner_taught_us_goes_before_what_holds_for_all_and_is_only_its_own(northgate, halden):
    southgate, tarn = make_sell_to("SOUTHGATE"), make_end_buyer("TARN")
    learn(halden, "4711", northgate)
    learn(tarn, "4711")
    here, there = make_text(northgate, "A", code="4711"), make_text(southgate, "A", code="4711")
    assert certified(here, there) == [("alias", "HRS-01"), ("alias", "TARN")]


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ({}, True),
        ({"city": "DONCASTER"}, True),
        ({"postcode": "dn24pe", "country": "gb"}, True),
        ({"country": "United Kingdom"}, True),
        ({"city": "York"}, False),
        ({"postcode": "YO26 4ZD"}, False),
        ({"country": "FI"}, False),
        ({"country": "Albion"}, False),
        ({"city": "Doncaster", "postcode": "DN2 4PE", "country": "FI"}, False),
    ],
)
def test_an_address_must_not_contradict_a_name(northgate, halden, address, fits):
    text = make_text(northgate, "Halden Rail Signalling", **address)
    assert certified(text) == [("name", "HRS-01") if fits else OPEN]


def test_an_address_agrees_with_one_place_and_not_with_parts_of_several(northgate, halden):
    make_location(halden, "TAMPERE", city="Tampere", postcode="33100", country="FI")
    name = "Halden Rail Signalling"
    assert certified(
        make_text(northgate, name, city="Tampere", country="FI"), make_text(northgate, name, city="York", country="FI")
    ) == [("name", "HRS-01"), OPEN]


def test_a_party_without_places_is_known_by_its_country(northgate):
    make_end_buyer("LUMEN", name="Lumen+Slate", country="GB")
    assert certified(
        make_text(northgate, "Lumen Slate", city="Leeds", country="GB"),
        make_text(northgate, "Lumen Slate", country="DE"),
    ) == [("name", "LUMEN"), OPEN]


def test_an_address_tells_parties_of_one_name_apart(northgate, halden):
    twin = make_end_buyer("TWIN", name="Halden Rail Signalling GmbH", country="DE")
    make_location(twin, city="Köln", postcode="50667", country="DE")
    name = "Halden Rail Signalling"
    assert certified(make_text(northgate, name), make_text(northgate, name, city="KOLN")) == [OPEN, ("name", "TWIN")]


def test_only_end_buyers_are_found_and_a_merged_one_answers_with_its_survivor(northgate, halden):
    make_party("CARRIER", "forwarder", name="Fenwick")
    make_end_buyer("OLD", name="Halden Old", merged_into=halden)
    assert certified(make_text(northgate, "Fenwick", code="CARRIER"), make_text(northgate, "Halden Old")) == [
        OPEN,
        ("name", "HRS-01"),
    ]


def test_nobody_named_is_nobody(northgate):
    make_end_buyer("STRANGE", name="()").save()
    assert certified(make_text(northgate, "(end buyer not named)", normalised_name="")) == [OPEN]


def test_lines_get_the_end_buyer_and_what_was_rejected_stays_rejected(northgate, halden):
    text = make_text(northgate, "Halden Rail Signalling")
    rejected = make_text(northgate, "Halden Rail Signalling", state="rejected")
    later = make_text(northgate, "Halden Rail Signalling", state="later")
    lines = [line_of(each) for each in (text, text, rejected, later)]
    old = line_of(text, state="corrected")
    done = certify_texts(text_ids=[text.pk, rejected.pk, later.pk], at=NOW)
    assert (done.name, done.waiting, done.lines) == (2, 0, [lines[0].pk, lines[1].pk, lines[3].pk])
    buyers = dict(PosLine.objects.values_list("pk", "end_buyer"))
    assert [buyers[line.pk] for line in [*lines, old]] == [halden.pk, halden.pk, None, halden.pk, None]


def test_a_text_that_was_certified_gives_its_party_to_lines_of_a_later_report(northgate, halden):
    text = make_text(northgate, "HALDEN", state="certified", party=halden, method="person")
    line = line_of(text, end_buyer=None)
    assert certify_texts(text_ids=[text.pk], at=NOW).lines == [line.pk]
    line.refresh_from_db()
    assert line.end_buyer == halden
    assert certify_texts(text_ids=[text.pk], at=NOW).lines == []


def test_the_number_of_statements_does_not_grow_with_the_texts(northgate, halden):
    texts = [make_text(northgate, f"Halden Rail Signalling {n}") for n in range(40)]
    make_end_buyer("TWENTY", name="Halden Rail Signalling 20")
    with CaptureQueriesContext(connection) as captured:
        done = certify_texts(text_ids=[text.pk for text in texts], at=NOW)
    # savepoint and release, the texts, the parties, their places and countries, the two updates
    assert (done.name, done.waiting, len(captured)) == (1, 39, 8)
