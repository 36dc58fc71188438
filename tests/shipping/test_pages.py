"""Terms, rules, accounts and carriers on pages."""

import re

import pytest
from django.urls import reverse

from shipping.actions.save_terms import save_terms
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_family
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.shipping import make_account, make_carrier, make_rule, make_terms
from tests.factories.tenancy import make_member
from tests.fixtures import NOW

TERMS = {
    "code": "HEAVY",
    "incoterm": "FCA",
    "named_place": "Penang",
    "is_active": "on",
    "freight_payer": "receiver",
    "service": "Economy",
    "account": "7N-448-2201",
    "duty_payer": "receiver",
    "re_shipper": "KASKADE/CGN",
    "documents": "Packing list\nCommercial invoice",
    "instructions": "No price on any label.",
}


@pytest.fixture
def signed_in(client, aurora):
    with tenant_scope(aurora.pk):
        client.force_login(make_member(Role.ADMIN).user)
    return client


@pytest.fixture
def url(aurora):
    return lambda name, *args: reverse(f"shipping:{name}", args=[aurora.slug, *args])


@pytest.fixture
def carrier(aurora):
    """A carrier with one account of NORTH, and the re-shipper KASKADE."""
    with tenant_scope(aurora.pk):
        make_location(make_party("KASKADE", "forwarder"), "CGN", purpose="hub")
        carrier = make_carrier("TRANSVIA", name="Transvia Air")
        make_account(make_sell_to("NORTH", name="Northgate"), carrier, "7N-448-2201")
    return carrier


def only(model, tenant, **which):
    with tenant_scope(tenant.pk):
        return model.objects.get(**which)


def test_terms_are_entered_shown_and_changed(signed_in, aurora, url, carrier):
    assert signed_in.post(url("terms_create"), {**TERMS, "carrier": carrier.pk}).status_code == 302
    terms = only(ShippingTerms, aurora)
    page = signed_in.get(url("terms_detail", terms.pk)).text
    for text in (
        "FCA Free carrier, Penang",
        "7N-448-2201, Northgate",
        "when handed to the carrier",
        "Packing list<br>",
    ):
        assert text in page
    form = signed_in.get(url("terms_edit", terms.pk)).text
    assert 'value="KASKADE/CGN"' in form
    assert 'value="7N-448-2201"' in form
    changed = {**TERMS, "carrier": carrier.pk, "version": 1, "service": "Express", "account": ""}
    assert signed_in.post(url("terms_edit", terms.pk), changed).status_code == 302
    terms = only(ShippingTerms, aurora)
    assert (terms.version, terms.service, terms.freight_account_id) == (2, "Express", None)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"freight_payer": "shipper"}, "the freight payer is the shipper"),
        ({"duty_payer": "shipper"}, "payer is the shipper"),
        ({"account": "GONE"}, "There is no freight account “GONE” with Transvia Air."),
        ({"carrier": ""}, "An account is with a carrier: say which."),
        ({"re_shipper": "NOWHERE"}, "There is no location “NOWHERE”."),
        ({"partials_allowed": "on", "ship_complete": "on"}, "cannot ship in parts"),
        ({"named_place": ""}, "This field is required"),
        ({"early_days": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_with_terms_is_said_and_nothing_typed_is_lost(signed_in, aurora, url, carrier, wrong, words):
    page = signed_in.post(url("terms_create"), {**TERMS, "carrier": carrier.pk, **wrong})
    assert (page.status_code, words in page.text, "No price on any label." in page.text) == (422, True, True)
    with tenant_scope(aurora.pk):
        assert not ShippingTerms.objects.exists()


def test_two_people_on_the_same_terms_see_both_values(signed_in, aurora, url):
    with tenant_scope(aurora.pk):
        terms = make_terms("PREPAID", named_place="Austin", documents="Invoice")
        save_terms(code="PREPAID", terms_id=terms.pk, named_place="Dallas", by=None, at=NOW)
    mine = {
        "code": "PREPAID",
        "incoterm": "DAP",
        "named_place": "Reno",
        "is_active": "on",
        "freight_payer": "shipper",
        "carrier": terms.carrier_id,
        "duty_payer": "receiver",
        "partials_allowed": "on",
        "documents": "Invoice",
        "version": 1,
    }
    page = signed_in.post(url("terms_edit", terms.pk), mine)
    assert page.status_code == 409
    assert "Reno" in page.text
    assert "Dallas" in page.text
    assert "Saved meanwhile, version 2" in page.text
    assert only(ShippingTerms, aurora).named_place == "Dallas"
    retry = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    assert signed_in.post(url("terms_edit", terms.pk), retry).status_code == 302
    terms = only(ShippingTerms, aurora)
    assert (terms.named_place, terms.version, terms.documents) == ("Reno", 3, "Invoice")


def test_rules_are_entered_shown_and_changed(signed_in, aurora, url):
    with tenant_scope(aurora.pk):
        terms = make_terms("HEAVY")
        dock = make_location(make_sell_to("NORTH", name="Northgate"), "DOCK", name="Dock 2")
        make_end_buyer("ORLO", name="Orlo Motors")
        make_family("MCU")
    given = {
        "code": "R1",
        "terms": terms.pk,
        "priority": "3",
        "is_active": "on",
        "sell_to": "Northgate",
        "end_buyer": "ORLO",
        "ship_to": "NORTH/DOCK",
        "ship_to_country": "de",
        "family": "MCU",
        "min_weight_kg": "30",
        "valid_from": "2026-01-01",
    }
    assert signed_in.post(url("rule_create"), given).status_code == 302
    rule = only(ShippingRule, aurora)
    assert (rule.ship_to_id, rule.ship_to_country, rule.version) == (dock.pk, "DE", 1)
    page = signed_in.get(url("rule_detail", rule.pk)).text
    for text in ("Northgate, Dock 2", "Orlo Motors", "from 30", "01 Jan 2026 to …"):
        assert text in page
    assert 'value="NORTH/DOCK"' in signed_in.get(url("rule_edit", rule.pk)).text
    assert signed_in.post(url("rule_edit", rule.pk), {**given, "version": 1, "priority": "4"}).status_code == 302
    stale = signed_in.post(url("rule_edit", rule.pk), {**given, "version": 1, "priority": "5"})
    assert stale.status_code == 409
    assert only(ShippingRule, aurora).priority == 4


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"min_weight_kg": "30", "max_weight_kg": "30"}, "weight band ends at or below its start"),
        ({"min_value": "2", "max_value": "1"}, "value band ends at or below its start"),
        ({"min_weight_kg": "-1"}, "greater than or equal to 0"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-31"}, "before it begins"),
        ({"sell_to": "GONE"}, "There is no party “GONE”."),
        ({"ship_to_country": "XX"}, "no ISO country code"),
        ({"family": "GONE"}, "There is no product family “GONE”."),
        ({"terms": "999999"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_at_its_field(signed_in, aurora, url, wrong, words):
    with tenant_scope(aurora.pk):
        terms = make_terms()
    page = signed_in.post(url("rule_create"), {"code": "KEEP-ME", "terms": terms.pk, "priority": "0", **wrong})
    assert (page.status_code, words in page.text, "KEEP-ME" in page.text) == (422, True, True)


def test_ids_of_another_tenant_are_no_choice(signed_in, aurora, kestrel, url):
    with tenant_scope(kestrel.pk):
        theirs = make_terms()
    page = signed_in.post(url("rule_create"), {"code": "R", "terms": theirs.pk, "priority": "0"})
    assert "Select a valid choice" in page.text
    page = signed_in.post(url("terms_create"), {**TERMS, "account": "", "carrier": theirs.carrier_id})
    assert "Select a valid choice" in page.text


def test_accounts_are_entered_changed_and_masked_for_those_who_cannot_edit(signed_in, client, aurora, url):
    with tenant_scope(aurora.pk):
        make_party("NORTH", name="Northgate")
        carrier = make_carrier("DHL")
        manager = make_member(Role.MANAGER)
    given = {
        "party": "NORTH",
        "carrier": carrier.pk,
        "number": "960211048",
        "payer_country": "gb",
        "payer_postcode": "sw1a1aa",
    }
    assert signed_in.post(url("account_create"), given).status_code == 302
    assert "960211048 already" in signed_in.post(url("account_create"), given).text
    account = only(FreightAccount, aurora)
    assert account.payer_postcode == "SW1A 1AA"
    assert "960211048" in signed_in.get(url("account_list")).text
    assert signed_in.post(url("account_edit", account.pk), {**given, "service": "Express"}).status_code == 302
    assert only(FreightAccount, aurora).service == "Express"
    with tenant_scope(aurora.pk):
        terms = make_terms(carrier=carrier, freight_account=account, freight_payer="third_party")
    client.force_login(manager.user)
    for page in (url("account_list"), url("account_list") + "?export=csv", url("terms_detail", terms.pk)):
        response = client.get(page)
        body = b"".join(response.streaming_content).decode() if response.streaming else response.text
        assert ("960211048" in body, "…1048" in body) == (False, True)


def test_carriers_are_entered_and_changed(signed_in, aurora, url):
    given = {"code": "DHL", "name": "DHL Express", "services": "Express Worldwide\n\n Economy "}
    assert signed_in.post(url("carrier_create"), given).status_code == 302
    assert "already" in signed_in.post(url("carrier_create"), given).text
    carrier = only(Carrier, aurora)
    assert carrier.services == ["Express Worldwide", "Economy"]
    assert "Express Worldwide\nEconomy" in signed_in.get(url("carrier_edit", carrier.pk)).text
    assert signed_in.post(url("carrier_edit", carrier.pk), {**given, "name": "DHL"}).status_code == 302
    assert "Express Worldwide, Economy" in signed_in.get(url("carrier_list")).text


def test_a_delivery_can_be_tried_out_with_its_trail(signed_in, aurora, url, carrier):
    with tenant_scope(aurora.pk):
        make_location(make_party("DOCKS"), "D1", country="DE")
        heavy = make_terms("HEAVY", carrier=carrier, incoterm="FCA", freight_payer="receiver", service="Air")
        sell_to = FreightAccount.objects.get().party
        make_rule(heavy, "HEAVY", sell_to=sell_to, min_weight_kg=30)
        make_rule(make_terms("LIGHT"), "LIGHT", sell_to=sell_to)
    page = signed_in.get(url("try_terms"), {"sell_to": "NORTH", "weight_kg": "31", "on": "2026-11-23"}).text
    assert "Rule HEAVY v1: sell-to NORTH, weight 31 kg" in page
    assert "Less specific than HEAVY: 1 condition against 2." in page
    assert "Missing: ship-to." in page
    page = signed_in.get(url("try_terms"), {"sell_to": "NORTH", "weight_kg": "29", "on": "2026-11-23"}).text
    assert "weight is 29 kg, not from 30 kg." in page
    nothing = signed_in.get(url("try_terms"), {"sell_to": "DOCKS", "on": "2026-11-23"}).text
    assert "No shipping rule applies" in nothing
    assert signed_in.get(url("try_terms"), {"sell_to": "GONE", "on": "2026-11-23"}).status_code == 422


def test_lists_are_filtered(signed_in, aurora, url):
    with tenant_scope(aurora.pk):
        make_rule(make_terms("AIR"), "BY-AIR")
        make_rule(make_terms("SEA"), "BY-SEA", sell_to=make_sell_to("NORTH"))
        make_account(make_party("EAST"), make_carrier("DHL"), "11111111", valid_to="2026-01-31")
    assert "BY-AIR" not in signed_in.get(url("rule_list"), {"q": "north"}).text
    assert "BY-SEA" not in signed_in.get(url("rule_list"), {"q": "air"}).text
    assert "SEA" not in re.sub(r"(?s)<nav.*?</nav>", "", signed_in.get(url("terms_list"), {"q": "AI"}).text).replace(
        "Search", ""
    )
    assert "11111111" in signed_in.get(url("account_list"), {"valid_on": "2026-01-31"}).text
    assert "11111111" not in signed_in.get(url("account_list"), {"valid_on": "2026-02-01"}).text
    assert "DHL" in signed_in.get(url("carrier_list"), {"q": "dh"}).text
