"""Saving terms, rules, accounts and carriers one at a time."""

import datetime as dt
from decimal import Decimal

import pytest

from shipping.actions.save_carrier import save_carrier
from shipping.actions.save_freight_account import save_freight_account
from shipping.actions.save_rule import save_rule
from shipping.actions.save_terms import save_terms
from shipping.choices import Incoterm, Payer
from shipping.errors import ShippingRefused, StaleVersion
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms
from tenancy.models import AuditEntry
from tests.factories.parties import make_party
from tests.factories.shipping import make_account, make_carrier, make_rule, make_terms
from tests.fixtures import NOW


def terms(desk, **values) -> ShippingTerms:
    given = {
        "code": "PREPAID",
        "incoterm": Incoterm.DAP,
        "named_place": "Austin",
        "freight_payer": Payer.SHIPPER,
        "duty_payer": Payer.RECEIVER,
    }
    return save_terms(by=desk, at=NOW, **{**given, **values})


def test_the_version_of_terms_rises_with_every_edit_that_changes_something(desk):
    first = terms(desk)
    assert first.version == 1
    assert terms(desk, terms_id=first.pk, version=1).version == 1
    assert terms(desk, terms_id=first.pk, version=1, named_place="Dallas").version == 2
    stored = ShippingTerms.objects.get()
    assert (stored.version, stored.named_place) == (2, "Dallas")
    assert AuditEntry.objects.filter(table_name="shipping_shippingterms").count() == 2


def test_an_edit_of_an_older_version_is_refused_and_shows_the_newer(desk):
    first = terms(desk)
    terms(desk, terms_id=first.pk, version=1, named_place="Dallas")
    with pytest.raises(StaleVersion) as stale:
        terms(desk, terms_id=first.pk, version=1, named_place="Reno")
    assert (stale.value.current.version, stale.value.current.named_place) == (2, "Dallas")
    assert ShippingTerms.objects.get().named_place == "Dallas"


@pytest.mark.parametrize(
    ("incoterm", "freight", "duty", "words"),
    [
        ("FCA", "shipper", "receiver", "the freight payer is the shipper"),
        ("DAP", "receiver", "receiver", "the freight payer is the receiver"),
        ("DDP", "shipper", "receiver", "payer is the receiver"),
        ("EXW", "receiver", "shipper", "payer is the shipper"),
    ],
)
def test_payers_that_contradict_the_incoterm_are_refused_with_an_explanation(desk, incoterm, freight, duty, words):
    with pytest.raises(ShippingRefused, match=words) as refused:
        terms(desk, incoterm=incoterm, freight_payer=freight, duty_payer=duty)
    assert refused.value.field == "incoterm"
    assert ShippingTerms.objects.count() == 0


def test_both_contradictions_are_told_at_once(desk):
    with pytest.raises(ShippingRefused) as refused:
        terms(desk, incoterm="FCA", freight_payer="shipper", duty_payer="shipper")
    assert len(refused.value.messages) == 2


def test_an_edit_cannot_bring_in_a_contradiction(desk):
    made = terms(desk)
    with pytest.raises(ShippingRefused):
        terms(desk, terms_id=made.pk, freight_payer="receiver")


def test_an_account_of_another_carrier_or_service_is_refused(desk):
    dhl, ups = make_carrier("DHL"), make_carrier("UPS")
    account = make_account(make_party(), dhl, "9602", service="Express")
    given = {"freight_payer": "third_party", "freight_account_id": account.pk}
    with pytest.raises(ShippingRefused, match="with another carrier"):
        terms(desk, carrier_id=ups.pk, **given)
    with pytest.raises(ShippingRefused, match="only for “Express”"):
        terms(desk, carrier_id=dhl.pk, service="Economy", **given)
    assert terms(desk, carrier_id=dhl.pk, service="Express", **given).freight_account_id == account.pk


def test_a_code_stands_once(desk):
    terms(desk)
    other = terms(desk, code="OTHER")
    with pytest.raises(ShippingRefused, match="already"):
        terms(desk)
    with pytest.raises(ShippingRefused, match="already"):
        terms(desk, terms_id=other.pk)


def test_the_version_of_a_rule_rises_and_its_bands_hold_something(desk):
    rule = save_rule(code="R", terms_id=make_terms().pk, by=desk, at=NOW)
    changed = save_rule(
        code="R", rule_id=rule.pk, version=1, min_weight_kg=Decimal(30), valid_from=dt.date(2026, 1, 1), by=desk, at=NOW
    )
    assert changed.version == 2
    for field, value in (("max_weight_kg", Decimal(30)), ("valid_to", dt.date(2025, 12, 31))):
        with pytest.raises(ShippingRefused) as refused:
            save_rule(code="R", rule_id=rule.pk, by=desk, at=NOW, **{field: value})
        assert refused.value.field == field
    with pytest.raises(StaleVersion):
        save_rule(code="R", rule_id=rule.pk, version=1, priority=9, by=desk, at=NOW)
    assert ShippingRule.objects.get().version == 2


def test_a_rule_code_stands_once(desk):
    taken = make_rule(code="TAKEN")
    with pytest.raises(ShippingRefused, match="already"):
        save_rule(code="TAKEN", terms_id=taken.terms_id, by=desk, at=NOW)


def test_a_freight_account_is_added_once_and_changed(desk):
    carrier, party = make_carrier(), make_party()
    given = {"party_id": party.pk, "carrier_id": carrier.pk, "number": "9602", "payer_country": "GB"}
    account = save_freight_account(by=desk, at=NOW, payer_postcode="sw1a1aa", **given)
    assert account.payer_postcode == "SW1A 1AA"
    with pytest.raises(ShippingRefused, match="9602 already"):
        save_freight_account(by=desk, at=NOW, payer_postcode="1", **given)
    with pytest.raises(ShippingRefused, match="before it begins"):
        save_freight_account(
            account_id=account.pk, valid_from=dt.date(2026, 2, 1), valid_to=dt.date(2026, 1, 1), by=desk, at=NOW
        )
    save_freight_account(account_id=account.pk, number="9603", by=desk, at=NOW)
    assert FreightAccount.objects.get().number == "9603"


def test_a_carrier_is_added_once_and_changed(desk):
    carrier = save_carrier(code="DHL", name="DHL", services=("Express",), by=desk, at=NOW)
    with pytest.raises(ShippingRefused, match="already"):
        save_carrier(code="DHL", name="Other", by=desk, at=NOW)
    save_carrier(code="DHL", name="DHL Express", services=("Express",), carrier_id=carrier.pk, by=desk, at=NOW)
    assert Carrier.objects.values_list("name", "services").get() == ("DHL Express", ["Express"])
