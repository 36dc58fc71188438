"""Terms in full text, the account that pays chosen, and what is missing named."""

import datetime as dt

import pytest

from shipping.choices import Payer
from shipping.freeze import FrozenTerms, freeze, missing_fields
from shipping.resolver import TermsQuestion, resolve_terms
from tenancy.models import Tenant
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.shipping import make_account, make_carrier, make_rule, make_terms
from tests.fixtures import TODAY

pytestmark = pytest.mark.usefixtures("inside")
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


@pytest.fixture
def sides():
    """A sell-to, the dock of a contract manufacturer, an end buyer and a re-shipper's hall."""
    maker = make_party("MAKER", name="Redmere Manufacturing", country="GB")
    hall = make_party("KASKADE", name="Kaskade Spedition", country="DE")
    return {
        "sell_to": make_sell_to("NORTH", name="Northgate Components", early_days=2, late_days=1),
        "ship_to": make_location(maker, "D2", address1="18 Foundry Way", city="Stevenage", postcode="SG1 2QX"),
        "end_buyer": make_end_buyer("ORBI", name="Orbiform Satellites", country="GB"),
        "re_shipper": make_location(hall, "CGN", address1="Hall C", city="Cologne", postcode="51147", purpose="hub"),
    }


def frozen(terms, sides, on=TODAY) -> FrozenTerms:
    return freeze(terms, sell_to=sides["sell_to"], ship_to=sides["ship_to"], end_buyer=sides["end_buyer"], on=on)


def test_everything_a_dock_needs_is_spelled_out(sides, inside):
    carrier = make_carrier("TRANSVIA", name="Transvia Express")
    account = make_account(sides["end_buyer"], carrier, "7N-448-2201", payer_postcode="SG1 2EF")
    terms = make_terms(
        "AIR",
        version=4,
        incoterm="FCA",
        named_place="Penang",
        freight_payer=Payer.THIRD_PARTY,
        carrier=carrier,
        service="Economy Air",
        freight_account=account,
        duty_payer=Payer.RECEIVER,
        duty_account="EORI GB0",
        re_shipper=sides["re_shipper"],
        partials_allowed=False,
        ship_complete=True,
        early_days=5,
        labels="Long side",
        documents="Packing list\n\n Certificate of origin \n",
        packing="Sealed bags",
        instructions="No price",
    )
    assert frozen(terms, sides).as_json() == {
        "terms_code": "AIR",
        "terms_version": 4,
        "incoterm": "FCA",
        "named_place": "Penang",
        "freight_payer": "third_party",
        "freight_payer_name": "Orbiform Satellites",
        "payer_country": "GB",
        "payer_postcode": "SG1 2EF",
        "carrier_code": "TRANSVIA",
        "carrier_name": "Transvia Express",
        "service": "Economy Air",
        "account_number": "7N-448-2201",
        "account_owner": "Orbiform Satellites",
        "duty_payer": "receiver",
        "duty_payer_name": "Redmere Manufacturing",
        "duty_account": "EORI GB0",
        "re_shipper_name": "Kaskade Spedition",
        "re_shipper_address": ["Hall C", "Cologne 51147"],
        "re_shipper_street": ["Hall C"],
        "re_shipper_city": "Cologne",
        "re_shipper_postcode": "51147",
        "re_shipper_country": "DE",
        "receiver_name": "Redmere Manufacturing",
        "receiver_address": ["18 Foundry Way", "Stevenage SG1 2QX"],
        "receiver_street": ["18 Foundry Way"],
        "receiver_city": "Stevenage",
        "receiver_postcode": "SG1 2QX",
        "receiver_country": "GB",
        "partials_allowed": False,
        "ship_complete": True,
        "early_days": 5,
        "late_days": 1,
        "labels": "Long side",
        "documents": ["Packing list", "Certificate of origin"],
        "packing": "Sealed bags",
        "instructions": "No price",
        "missing": [],
    }


def test_what_we_pay_ourselves_is_in_our_name(sides, inside):
    Tenant.objects.filter(pk=inside.pk).update(legal_name="Aurora Semiconductor Inc.", country="US")
    terms = make_terms(incoterm="DDP", freight_payer=Payer.SHIPPER, duty_payer=Payer.SHIPPER)
    found = frozen(terms, sides)
    assert found.freight_payer_name == found.duty_payer_name == "Aurora Semiconductor Inc."
    assert (found.account_number, found.early_days, missing_fields(found)) == ("", 2, [])


def test_the_receivers_account_is_looked_up_with_the_ship_to_and_then_the_customer(sides):
    carrier = make_carrier()
    terms = make_terms(incoterm="FCA", freight_payer=Payer.RECEIVER, carrier=carrier, service="Air")
    make_account(sides["end_buyer"], carrier, "NOT-THIS")
    make_account(sides["sell_to"], carrier, "CUSTOMER")
    assert (frozen(terms, sides).account_number, frozen(terms, sides).account_owner) == (
        "CUSTOMER",
        "Northgate Components",
    )
    make_account(sides["ship_to"].party, carrier, "DOCK")
    assert frozen(terms, sides).account_number == "DOCK"
    make_account(sides["ship_to"].party, carrier, "DOCK-AIR", service="Air")
    assert frozen(terms, sides).account_number == "DOCK-AIR"


def test_the_third_party_is_the_end_buyer_then_the_re_shipper_then_the_customer(sides):
    carrier = make_carrier()
    terms = make_terms(freight_payer=Payer.THIRD_PARTY, carrier=carrier, re_shipper=sides["re_shipper"])
    parties = [sides["sell_to"], sides["re_shipper"].party, sides["end_buyer"]]
    for number, party in enumerate(parties):
        make_account(party, carrier, f"A{number}")
        assert (frozen(terms, sides).account_number, frozen(terms, sides).freight_payer_name) == (
            f"A{number}",
            party.name,
        )


def test_the_account_must_be_valid_on_the_day_and_the_latest_wins(sides):
    carrier = make_carrier()
    terms = make_terms(incoterm="FCA", freight_payer=Payer.RECEIVER, carrier=carrier)
    make_account(sides["sell_to"], carrier, "OLD", valid_to=YESTERDAY)
    make_account(sides["sell_to"], carrier, "NEXT", valid_from=TOMORROW)
    assert missing_fields(frozen(terms, sides)) == ["freight account"]
    assert frozen(terms, sides, YESTERDAY).account_number == "OLD"
    make_account(sides["sell_to"], carrier, "OPEN")
    assert frozen(terms, sides).account_number == "OPEN"
    assert frozen(terms, sides, TOMORROW).account_number == "NEXT"


def test_line_and_release_name_the_same_missing_fields(sides):
    """The resolver asks the database for all lines at once, freezing asks for one: both must say the same."""
    carrier = make_carrier()
    cases = [
        make_terms(incoterm="FCA", freight_payer=Payer.RECEIVER, carrier=carrier),
        make_terms(incoterm="FCA", freight_payer=Payer.THIRD_PARTY, carrier=None),
        make_terms(incoterm="EXW", freight_payer=Payer.RECEIVER, carrier=None),
        make_terms(named_place=" ", carrier=None),
        make_terms(freight_payer=Payer.THIRD_PARTY, carrier=carrier, re_shipper=sides["re_shipper"]),
        make_terms(
            freight_payer=Payer.THIRD_PARTY,
            carrier=carrier,
            freight_account=make_account(make_party(), carrier, valid_to=YESTERDAY),
        ),
    ]
    make_account(sides["re_shipper"].party, carrier, payer_postcode="")
    question = TermsQuestion(
        1, sides["sell_to"].pk, sides["end_buyer"].pk, sides["ship_to"].pk, None, None, TODAY, None, None
    )
    said = []
    for priority, terms in enumerate(cases):
        make_rule(terms, priority=priority)
        answer = resolve_terms([question])[0]
        assert answer.terms_id == terms.pk
        assert answer.missing == missing_fields(frozen(terms, sides))
        said.append(answer.missing)
    assert said == [
        ["freight account"],
        ["carrier", "freight account"],
        [],
        ["named place", "carrier"],
        ["payer postcode"],
        ["freight account"],
    ]
