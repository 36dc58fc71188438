"""What is kept about a party follows it into the one it is merged with; contradictions are named and refused."""

import datetime as dt

import pytest
from django.utils.module_loading import import_string

from catalog.models import PartNumber
from exchange.models import TradingPartner
from oms.merging import FOLLOWERS
from parties.actions.merge_party import merge_party
from parties.errors import MergeRefused
from parties.models import Contact, Party
from pricing.models import Agreement, AgreementLine, PriceListAssignment
from pricing.resolver import PriceQuestion, resolve_prices
from shipping.resolver import TermsQuestion, resolve_terms
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_party, make_sell_to
from tests.factories.pricing import make_agreement, make_price_list
from tests.factories.shipping import make_account, make_carrier, make_rule
from tests.factories.tenancy import make_member
from tests.fixtures import NOW, TODAY

pytestmark = pytest.mark.usefixtures("inside")
JUN, JUL = dt.date(2026, 6, 30), dt.date(2026, 7, 1)


def merge(old, new):
    return merge_party(loser_id=old.pk, survivor_id=new.pk, by=None, at=NOW)


def price(product, sell_to, end_buyer):
    question = PriceQuestion(
        key=1, sell_to_id=sell_to.pk, end_buyer_id=end_buyer.pk, product_id=product.pk, quantity=1, currency="USD",
        on=TODAY,
    )  # fmt: skip
    return str(resolve_prices([question])[0].unit_price)


def test_the_end_buyers_agreements_price_the_survivor_in_all_revisions():
    product, seller, old, new = make_product(), make_sell_to(), make_end_buyer(), make_end_buyer()
    make_price_list(product, "1.20", party=seller)
    line = make_agreement(product, "0.95", end_buyer=old)
    draft = make_agreement(product, "0.90", end_buyer=old, status="draft")
    merge(old, new)
    assert price(product, seller, new) == "0.950000"
    assert set(Agreement.objects.values_list("end_buyer_id", flat=True)) == {new.pk}
    assert set(AgreementLine.objects.filter(pk__in=(line.pk, draft.pk)).values_list("end_buyer_id", flat=True)) == {
        new.pk
    }


def test_the_sell_tos_agreements_and_lists_follow():
    product, buyer, old, new = make_product(), make_end_buyer(), make_sell_to(), make_sell_to()
    make_price_list(product, "1.20", party=old)
    make_agreement(product, "1.05", sell_to=old)
    assert price(product, new, buyer) == "None"
    merge(old, new)
    assert price(product, new, buyer) == "1.050000"
    assert PriceListAssignment.objects.get().party_id == new.pk


def test_two_agreements_that_would_hold_on_one_day_are_named():
    product, old, new = make_product(), make_end_buyer("OLD"), make_end_buyer("NEW")
    make_agreement(product, "0.95", end_buyer=old, number="SPA-A", valid_to=JUL)
    make_agreement(product, "0.90", end_buyer=new, number="SPA-B", valid_from=JUN)
    with pytest.raises(MergeRefused) as refused:
        merge(old, new)
    (message,) = refused.value.messages
    assert "SPA-A" in message
    assert "SPA-B" in message
    assert "2026-06-30 to 2026-07-01" in message
    assert Party.objects.get(code="OLD").merged_into_id is None


def test_agreements_side_by_side_merge():
    product, old, new = make_product(), make_end_buyer(), make_end_buyer()
    make_agreement(product, "0.95", end_buyer=old, valid_to=JUN)
    make_agreement(product, "0.90", end_buyer=new, valid_from=JUL)
    make_agreement(make_product(), "0.80", end_buyer=new)
    merge(old, new)
    assert set(AgreementLine.objects.values_list("end_buyer_id", flat=True)) == {new.pk}


def test_two_lists_that_would_hold_on_one_day_are_named():
    product, old, new = make_product(), make_sell_to(), make_sell_to()
    make_price_list(product, "1.20", party=old, code="BOOK-A")
    make_price_list(product, "1.30", party=new, code="BOOK-B")
    with pytest.raises(MergeRefused, match="BOOK-A from 2026-01-01 on, the other from BOOK-B from 2026-01-01 on"):
        merge(old, new)


def test_the_same_list_is_kept_once():
    product, old, new = make_product(), make_sell_to(), make_sell_to()
    book = make_price_list(product, "1.20", party=new)
    PriceListAssignment.objects.create(
        price_list=book, party=old, currency="USD", valid_from=dt.date(2026, 3, 1), valid_to=JUN
    )
    merge(old, new)
    assert [(each.party_id, each.valid_to) for each in PriceListAssignment.objects.all()] == [(new.pk, None)]


def test_part_numbers_follow_and_contradictions_are_named():
    old, new = make_party("OLD"), make_party("NEW")
    one, two = make_product("AUR-1"), make_product("AUR-2")
    for party, product, number in ((old, one, "A"), (old, one, "B"), (new, one, "B")):
        PartNumber.objects.create(party=party, product=product, number=number)
    wrong = PartNumber.objects.create(party=new, product=two, number="A")
    with pytest.raises(MergeRefused, match="The number A means AUR-1 for the one and AUR-2 for the other"):
        merge(old, new)
    wrong.delete()
    merge(old, new)
    assert sorted(PartNumber.objects.values_list("party_id", "number")) == [(new.pk, "A"), (new.pk, "B")]


def test_freight_accounts_rules_people_and_identities_follow():
    old, new = make_sell_to(), make_sell_to()
    account = make_account(old, make_carrier())
    rule = make_rule(sell_to=old)
    Contact.objects.create(party=old, name="Pat")
    TradingPartner.objects.create(name="Old", qualifier="01", identity="1", party_id=old.pk)
    merge(old, new)
    for record in (account, rule):
        record.refresh_from_db()
    assert (account.party_id, rule.sell_to_id, rule.version) == (new.pk, new.pk, 2)
    assert (Contact.objects.get().party_id, TradingPartner.objects.get().party_id) == (new.pk, new.pk)
    question = TermsQuestion(
        key=1, sell_to_id=new.pk, end_buyer_id=None, ship_to_id=None, ship_from_id=None, family_id=None, on=TODAY,
        weight_kg=None, value=None,
    )  # fmt: skip
    assert resolve_terms([question])[0].rule_id == rule.pk


def test_the_page_names_what_contradicts_itself_and_keeps_what_was_typed(client):
    product, old, new = make_product(), make_end_buyer("OLD"), make_end_buyer("NEW")
    make_agreement(product, "0.95", end_buyer=old, number="SPA-A")
    make_agreement(product, "0.90", end_buyer=new, number="SPA-B")
    client.force_login(make_member("sales_ops").user)
    page = client.post(f"/aurora/parties/{old.pk}/merge/", {"survivor": "NEW", "change_reason": "Bought"})
    assert page.status_code == 422
    assert "SPA-B prices the same" in page.text
    assert 'value="Bought"' in page.text
    Agreement.objects.filter(number="SPA-A").first().lines.update(is_in_force=False)
    assert client.post(f"/aurora/parties/{old.pk}/merge/", {"survivor": "NEW"}).status_code == 302
    assert Party.objects.get(code="OLD").merged_into_id == new.pk


def test_every_follower_is_there():
    assert all(callable(import_string(path)) for path in FOLLOWERS)
