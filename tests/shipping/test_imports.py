"""Files about shipping: rules that go beyond one cell."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.exchange.files import codes, counts, csv_file, take
from tests.factories.catalog import make_family
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.shipping import make_account, make_carrier, make_rule, make_terms
from tests.factories.tenancy import make_member

ACCOUNTS = "party,carrier,service,account,payer_country,payer_postcode,valid_from,valid_to"
TERMS = "code,incoterm,named_place,freight_payer,carrier,service,account,duty_payer,re_shipper,partials,early_days"
RULES = "code,terms,priority,sell_to,end_buyer,ship_to,ship_to_country,ship_from,family,min_weight_kg,max_weight_kg"
pytestmark = pytest.mark.usefixtures("inside")


def again(kind: str) -> tuple[int, int, int, int]:
    """The export of everything, imported at once."""
    return counts(take(kind, export_bytes(kind_named(kind), "csv")))


# freight accounts ------------------------------------------------------------------------------------------------


def test_accounts_make_the_carriers_that_they_name_once():
    make_party("NORTH")
    dhl = make_carrier("DHL", name="DHL Express")
    lines = (
        "NORTH,dhl,,9602,GB,sw1a1aa,,",
        "NORTH,DHL Express,Economy,9602,GB,SW1A 1AA,2026-01-01,2026-12-31",
        "NORTH,Transvia Air Freight,,7N-448,US,78701,,",
        "NORTH,transvia air freight,Economy,7N-448,US,78701,,",
    )
    assert counts(take("freight_accounts", csv_file(ACCOUNTS, *lines))) == (4, 0, 0, 0)
    new = Carrier.objects.exclude(pk=dhl.pk).get()
    assert (new.code, new.name) == ("TRANSVIA AIR FREIGHT", "Transvia Air Freight")
    assert FreightAccount.objects.filter(carrier=dhl).count() == FreightAccount.objects.filter(carrier=new).count() == 2
    economy = FreightAccount.objects.get(carrier=dhl, service="Economy")
    assert (economy.payer_postcode, economy.valid_to) == ("SW1A 1AA", dt.date(2026, 12, 31))
    assert again("freight_accounts") == (0, 0, 4, 0)


def test_a_long_carrier_name_gets_a_code_that_fits():
    make_party("NORTH")
    name = "Kuehne and Nagel International AG"
    take("freight_accounts", csv_file(ACCOUNTS, f"NORTH,{name},,1,US,78701,,"))
    assert Carrier.objects.values_list("code", "name").get() == ("KUEHNE AND NAGEL INT", name)
    assert counts(take("freight_accounts", csv_file(ACCOUNTS, f"NORTH,{name},,1,US,78701,,"))) == (0, 0, 1, 0)


def test_an_account_moves_to_another_party_and_its_dates_run_forward():
    make_party("OTHER")
    account = make_account(make_party("NORTH"), make_carrier("DHL"), "9602")
    lines = "OTHER,DHL,,9602,US,78701,,", "OTHER,DHL,,9603,US,78701,2026-12-31,2026-01-01", "GONE,DHL,,1,US,78701,,"
    batch = take("freight_accounts", csv_file(ACCOUNTS, *lines))
    assert counts(batch) == (1, 2, 0, 0)
    assert codes(batch) == [(3, "valid_to", "dates_reversed"), (4, "party", "unknown_party")]
    account.refresh_from_db()
    assert account.party.code == "OTHER"


def test_one_account_twice_in_a_file_is_refused_under_either_name_of_its_carrier():
    make_party("NORTH")
    make_carrier("DHL", name="DHL Express")
    lines = "NORTH,DHL,,9602,US,78701,,", "NORTH,DHL Express,,9602,US,99999,,"
    assert codes(take("freight_accounts", csv_file(ACCOUNTS, *lines))) == [(3, "account", "repeated_row")]


def test_account_numbers_leave_only_by_those_who_edit_them():
    for kind in ("freight_accounts", "shipping_terms"):
        allowed = {role for role in Role if kind_named(kind).view_right and role_sees(role, kind)}
        assert allowed == {Role.SALES_OPS, Role.ADMIN}


def role_sees(role: str, kind: str) -> bool:
    party = make_party() if role in (Role.DOCK, Role.PARTNER) else None
    return kind_named(kind).is_visible_to(make_member(role, party_id=party.pk if party else None))


# terms -----------------------------------------------------------------------------------------------------------


def test_terms_find_account_carrier_and_re_shipper():
    north = make_party("NORTH")
    carrier = make_carrier("TRANSVIA")
    make_account(north, carrier, "7N-448", service="Economy")
    hall = make_location(make_party("KASKADE", "forwarder"), "CGN", purpose="hub")
    lines = (
        "HEAVY,FCA,Penang,receiver,TRANSVIA,Economy,7N-448,receiver,KASKADE/CGN,no,2",
        "BY-ACCOUNT,FCA,Penang,third party,,Economy,7N-448,receiver,,,",
        "OWN,DAP,Austin,shipper,New Carrier,,,receiver,,yes,",
    )
    assert counts(take("shipping_terms", csv_file(TERMS, *lines))) == (3, 0, 0, 0)
    heavy, other, own = (ShippingTerms.objects.get(code=code) for code in ("HEAVY", "BY-ACCOUNT", "OWN"))
    assert (heavy.carrier, heavy.freight_account.number, heavy.re_shipper) == (carrier, "7N-448", hall)
    assert (heavy.partials_allowed, heavy.early_days, heavy.version) == (False, 2, 1)
    assert (other.carrier, other.freight_payer, other.partials_allowed) == (carrier, "third_party", True)
    assert (own.carrier.code, own.freight_account) == ("NEW CARRIER", None)
    assert again("shipping_terms") == (0, 0, 3, 0)


def test_an_edit_by_file_raises_the_version_and_leaves_what_the_file_does_not_have():
    make_terms("PREPAID", service="Express", documents="Packing list")
    head = "code,incoterm,named_place,freight_payer,duty_payer"
    assert counts(take("shipping_terms", csv_file(head, "prepaid,DAP,Springfield,shipper,receiver"))) == (0, 0, 1, 0)
    assert counts(take("shipping_terms", csv_file(head, "PREPAID,DAP,Austin,shipper,receiver"))) == (1, 0, 0, 0)
    terms = ShippingTerms.objects.select_related("carrier").get()
    assert (terms.version, terms.named_place, terms.service, terms.documents) == (
        2,
        "Austin",
        "Express",
        "Packing list",
    )
    assert terms.carrier is not None


def test_an_incoterm_that_contradicts_its_payers_is_refused_with_the_reason():
    lines = (
        "A,FCA,Penang,shipper,,,,receiver,,,",
        "B,DDP,Austin,shipper,,,,receiver,,,",
        "C,DDU,Austin,shipper,,,,receiver,,,",
        "D,DAP,Austin,nobody,,,,receiver,,,",
    )
    batch = take("shipping_terms", csv_file(TERMS, *lines))
    assert codes(batch) == [
        (2, "incoterm", "contradiction"),
        (3, "incoterm", "contradiction"),
        (4, "incoterm", "bad_choice"),
        (5, "freight_payer", "bad_choice"),
    ]
    assert "the freight payer is the shipper" in batch.rows.get(number=2).findings[0]["message"]
    assert ShippingTerms.objects.count() == 0


def test_accounts_that_do_not_fit_are_refused():
    north = make_party("NORTH")
    make_account(north, make_carrier("DHL"), "1")
    make_account(north, make_carrier("UPS"), "1")
    make_account(north, make_carrier("TNT"), "2", service="Express")
    lines = (
        "A,FCA,Penang,receiver,DHL,,9,receiver,,,",
        "B,FCA,Penang,receiver,,,1,receiver,,,",
        "C,FCA,Penang,receiver,TNT,Economy,2,receiver,,,",
        "D,FCA,Penang,receiver,UPS,,2,receiver,,,",
    )
    assert codes(take("shipping_terms", csv_file(TERMS, *lines))) == [
        (2, "account", "unknown_account"),
        (3, "account", "ambiguous_account"),
        (4, "account", "account_for_other_service"),
        (5, "account", "unknown_account"),
    ]


def test_partials_against_ship_complete_are_refused():
    make_terms("WHOLE", ship_complete=True, partials_allowed=False)
    batch = take("shipping_terms", csv_file(TERMS, "WHOLE,DAP,Austin,shipper,,,,receiver,,yes,"))
    assert codes(batch) == [(2, "partials", "complete_has_no_parts")]


# rules -----------------------------------------------------------------------------------------------------------


def test_rules_take_every_condition_and_come_back_as_they_went():
    make_terms("HEAVY")
    sell_to, buyer, family = make_sell_to("NORTH"), make_end_buyer("ORLO"), make_family("MCU")
    dock = make_location(sell_to, "DOCK")
    site = make_location(make_party("SITE"), "PEN", purpose="ship_from")
    lines = "R1,heavy,5,NORTH,ORLO,NORTH/DOCK,DE,SITE/PEN,MCU,30,500.5", "R2,HEAVY,,,,,,,,,"
    assert counts(take("shipping_rules", csv_file(RULES, *lines))) == (2, 0, 0, 0)
    rule = ShippingRule.objects.get(code="R1")
    assert (rule.sell_to, rule.end_buyer, rule.ship_to, rule.ship_from, rule.family) == (
        sell_to,
        buyer,
        dock,
        site,
        family,
    )
    assert (rule.priority, rule.ship_to_country, rule.max_weight_kg) == (5, "DE", Decimal("500.5"))
    assert again("shipping_rules") == (0, 0, 2, 0)
    assert counts(take("shipping_rules", csv_file(RULES, "R1,HEAVY,6,NORTH,ORLO,NORTH/DOCK,DE,SITE/PEN,MCU,30,"))) == (
        1,
        0,
        0,
        0,
    )
    rule.refresh_from_db()
    assert (rule.version, rule.priority, rule.max_weight_kg) == (2, 6, None)


def test_bands_dates_and_references_that_are_wrong_are_named():
    make_terms("T")
    head = "code,terms,sell_to,min_weight_kg,max_weight_kg,min_value,max_value,valid_from,valid_to"
    lines = (
        "A,T,,30,30,,,,",
        "B,T,,,,10,5,,",
        "C,T,,,,,,2026-02-01,2026-01-31",
        "D,GONE,,,,,,,",
        "E,T,NOBODY,,,,,,",
        "F,T,,-1,,,,,",
        "G,T,,0.0001,,,,,",
        "H,T,,,,,,31.01.2026,",
    )
    assert codes(take("shipping_rules", csv_file(head, *lines))) == [
        (2, "max_weight_kg", "empty_band"),
        (3, "max_value", "empty_band"),
        (4, "valid_to", "dates_reversed"),
        (5, "terms", "unknown_terms"),
        (6, "sell_to", "unknown_party"),
        (7, "min_weight_kg", "too_small"),
        (8, "min_weight_kg", "too_many_decimals"),
        (9, "valid_from", "bad_date"),
    ]


def test_terms_of_another_tenant_are_not_known(kestrel):
    with tenant_scope(kestrel.pk):
        make_terms("THEIRS")
        make_rule(code="THEIRS")
    assert codes(take("shipping_rules", csv_file("code,terms", "MINE,THEIRS"))) == [(2, "terms", "unknown_terms")]
