"""The audit trail names records and people, with as many queries for a page as for a row."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channel_inventory.models import PartnerTerms
from parties.actions.save_party import save_party
from parties.models import Contact
from tests.factories.catalog import make_product
from tests.factories.parties import make_location, make_party
from tests.factories.pricing import make_agreement, make_price_list
from tests.factories.shipping import make_account, make_carrier
from tests.factories.tenancy import make_member


def test_the_audit_trail_tells_keys_by_name(browser, admin, inside):
    top, party = make_party("TOP", name="Top Holding"), make_party("NORTH", name="North Components")
    save_party(party_id=party.pk, parent=top, by=admin, at=timezone.now())
    make_location(party, "DOCK", name="North dock")
    page = browser.get(f"/aurora/people/audit/?table=parties_party&row={party.pk}").text
    assert "parent: — → Top Holding" in page
    assert f'<a href="/aurora/history/party/{party.pk}/">North Components</a>' in page
    assert ">North dock</a>" in browser.get("/aurora/people/audit/?table=parties_location").text
    contact = Contact.objects.create(party=party, name="Pat")
    key = contact.pk
    contact.delete()
    assert f"number {key}, gone since" in browser.get("/aurora/people/audit/?table=parties_contact").text
    exported = browser.get(f"/aurora/people/audit/?table=parties_party&row={party.pk}&export=csv").streaming_content
    assert "parent: — → Top Holding" in b"".join(exported).decode()


def test_the_audit_trail_takes_as_many_queries_for_many_records_as_for_one(browser, admin, inside):
    counts = []
    for _ in range(2):
        for _ in range(3):
            party, product = make_party(), make_product()
            save_party(party_id=party.pk, parent=make_party(), by=admin, at=timezone.now())
            make_account(make_party(), make_carrier())
            make_agreement(product, "0.95", end_buyer=party, sell_to=make_party())
            make_price_list(product, "1.20", party=party)
            make_member("manager")
            PartnerTerms.objects.create(partner=make_party())
        with CaptureQueriesContext(connection) as queries:
            browser.get("/aurora/people/audit/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_audit_trail_names_no_freight_account_by_its_number_and_leads_only_where_one_may(client, inside):
    account = make_account(make_party("NORTH", name="North Components"), make_carrier(), number="778899001")
    colleague = make_member("dock", party_id=account.party_id)
    client.force_login(make_member("manager").user)
    page = client.get("/aurora/people/audit/?table=shipping_freightaccount").text
    assert "Freight account of North Components" in page
    assert "778899001" not in page
    page = client.get("/aurora/people/audit/?table=tenancy_member").text
    assert str(colleague.user) in page
    assert f"/history/member/{colleague.pk}/" not in page
