"""The history of a record: who, when, before, after and why, with its parts, and no more than one may see."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from oms.histories import HISTORIES
from parties.actions.save_party import save_party
from parties.models import Contact, PartyAlias
from people.histories import Recorded
from pricing.actions.create_price_list import create_price_list
from pricing.actions.set_list_prices import set_list_prices
from pricing.rows import PriceListRow
from shipping.actions.save_freight_account import save_freight_account
from tenancy.models import AuditEntry, Tenant, TenantModel, User
from tenancy.scope import Scope, current_scope, open_scope, state_reason, tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_location, make_party
from tests.factories.shipping import make_account, make_carrier
from tests.factories.tenancy import make_member
from tests.fixtures import TODAY


@pytest.fixture
def ada(inside):
    user = User.objects.create_user("ada@example.com", name="Ada Lovelace")
    return make_member("sales_ops", user=user, sees_cost=True)


@pytest.fixture
def browser(client, ada):
    client.force_login(ada.user)
    return client


def rows(client, kind, pk, query=""):
    """The cells of each row of the history's table; those that span rows stand in the first."""
    page = client.get(f"/aurora/history/{kind}/{pk}/{query}")
    assert page.status_code == 200
    found = re.findall(r"<tr>(<td.*?)</tr>", page.text, re.DOTALL)
    return [[strip_tags(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in found]


def form_of(party, **changed):
    return {
        "code": party.code, "name": party.name, "country": party.country, "status": "active", "payment_terms_days": 30,
        "early_days": 3, "late_days": 0, **changed,
    }  # fmt: skip


def test_a_change_tells_who_what_before_after_and_why(browser, inside):
    party = make_party("NORTH")
    answer = browser.post(
        f"/aurora/parties/{party.pk}/edit/",
        form_of(party, short_name=party.short_name, payment_terms_days=45, change_reason="New contract of 2 November"),
    )
    assert answer.status_code == 302
    newest = rows(browser, "party", party.pk)[0]
    assert newest[1:] == [
        "Ada Lovelace",
        "Changed: party",
        "payment terms days",
        "30",
        "45",
        "New contract of 2 November",
    ]


def test_without_a_reason_none_is_kept_and_none_is_taken_from_before(browser, inside):
    party = make_party("NORTH")
    browser.post(f"/aurora/parties/{party.pk}/edit/", form_of(party, payment_terms_days=45, change_reason="Because"))
    browser.post(f"/aurora/parties/{party.pk}/edit/", form_of(party, payment_terms_days=60))
    assert [row[-1] for row in rows(browser, "party", party.pk)[:2]] == ["–", "Because"]


def test_a_refused_form_keeps_the_reason_that_was_typed(browser, inside):
    party = make_party("NORTH")
    page = browser.post(f"/aurora/parties/{party.pk}/edit/", form_of(party, name="", change_reason="Because of this"))
    assert page.status_code == 422
    assert 'value="Because of this"' in page.text
    assert len(AuditEntry.objects.filter(reason__isnull=False)) == 0


def test_what_belongs_to_a_party_stands_in_its_history_even_when_it_is_gone(browser, inside, ada):
    party = make_party("NORTH")
    make_location(party, "DOCK", name="North dock")
    Contact.objects.create(party=party, name="Pat")
    PartyAlias.objects.create(party=party, alias="Nth", normalised="NTH").delete()
    save_party(party_id=party.pk, roles=["partner"], by=ada, at=timezone.now())
    save_party(party_id=party.pk, roles=[], by=ada, at=timezone.now())
    told = {row[2] for row in rows(browser, "party", party.pk) if len(row) == 7}
    assert told == {
        "Created: party", "Created: location", "Created: contact", "Created: party alias", "Deleted: party alias",
        "Created: party role fact", "Deleted: party role fact",
    }  # fmt: skip


def test_keys_and_codes_are_told_by_name(browser, inside, ada):
    top, party = make_party("TOP", name="Top Holding"), make_party("NORTH")
    save_party(party_id=party.pk, parent=top, status="blocked", by=ada, at=timezone.now())
    told = {cell for row in rows(browser, "party", party.pk) for cell in row}
    assert {"parent", "Top Holding", "status", "Active", "Blocked: no new orders"} <= told
    assert str(top.pk) not in told


def test_prices_are_hidden_from_who_sees_no_cost(client, inside, ada):
    product = make_product()
    made = create_price_list(code="BOOK", kind="book", currency="USD", by=ada, at=timezone.now())
    row = PriceListRow("BOOK", "USD", product.pk, 1, Decimal("1.2345"), TODAY, None)
    set_list_prices(prices=[row], by=ada, at=timezone.now())
    seen = {}
    for sees_cost in (True, False):
        client.force_login(make_member("sales_ops", sees_cost=sees_cost).user)
        seen[sees_cost] = client.get(f"/aurora/history/price-list/{made.pk}/").text
    assert "1.2345" in seen[True]
    assert "1.2345" not in seen[False]
    assert "hidden" in seen[False]
    assert product.sku in seen[False]


def test_freight_accounts_are_hidden_from_who_may_not_edit_them(client, inside, ada):
    account = make_account(make_party("NORTH"), make_carrier())
    save_freight_account(
        account_id=account.pk, party_id=account.party_id, carrier_id=account.carrier_id, number="778899001",
        payer_country="US", payer_postcode="1", service="", valid_from=None, valid_to=None, by=ada, at=timezone.now(),
    )  # fmt: skip
    for role, sees in (("sales_ops", True), ("manager", False)):
        client.force_login(make_member(role).user)
        assert ("778899001" in client.get(f"/aurora/history/freight-account/{account.pk}/").text) is sees
    assert "778899001" not in client.get("/aurora/people/audit/").text


def test_long_histories_come_in_pages(browser, inside, ada):
    party = make_party("NORTH")
    for days in range(31, 91):
        save_party(party_id=party.pk, payment_terms_days=days, by=ada, at=timezone.now())
    page = browser.get(f"/aurora/history/party/{party.pk}/")
    older = re.search(r'href="(\?before=\d+)"', page.text)[1]
    first, second = rows(browser, "party", party.pk), rows(browser, "party", party.pk, older)
    assert len(first) == 50
    assert first[0][-2] == "90"
    assert second[0][-2] == "40"
    assert second[-1][-1] == "–" or "Created: party" in {row[2] for row in second if len(row) == 7}


def test_it_takes_as_many_queries_for_many_changes_as_for_one(browser, inside, ada):
    counts = []
    party = make_party("NORTH")
    for _ in range(2):
        for _ in range(3):
            top = make_party()
            save_party(party_id=party.pk, parent=top, by=ada, at=timezone.now())
            make_location(party, f"DOCK-{top.pk}")
        with CaptureQueriesContext(connection) as queries:
            rows(browser, "party", party.pk)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_kind_decides_the_right(client, inside):
    member = make_member("manager")
    client.force_login(make_member("sales_ops").user)
    assert client.get(f"/aurora/history/member/{member.pk}/").status_code == 403
    client.force_login(make_member("admin").user)
    page = client.get(f"/aurora/history/member/{member.pk}/")
    assert page.status_code == 200
    assert f">{member.user}</a>" in page.text, "who it is, and no number"
    assert client.get(f"/aurora/history/nothing/{member.pk}/").status_code == 404


@pytest.mark.parametrize("kind", sorted(HISTORIES))
def test_a_record_of_another_tenant_has_no_history_here(client, inside, kestrel, kind):
    with tenant_scope(kestrel.pk):
        party = make_party("PREY")
    client.force_login(make_member("admin").user)
    assert client.get(f"/aurora/history/{kind}/{party.pk + 1_000_000}/").status_code == 404
    if kind == "party":
        assert client.get(f"/aurora/history/{kind}/{party.pk}/").status_code == 404


@pytest.mark.django_db
def test_every_audited_table_is_somebodys_history():
    """A table that is added to the trail wants a page, or a line here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'audit_update'")
        audited = {table for (table,) in cursor.fetchall()}
    kinds: list[Recorded] = list(HISTORIES.values())
    told = {kind.table for kind in kinds} | {part._meta.db_table for kind in kinds for part in kind.parts}
    without = {"exchange_columnmap"}
    assert audited - told == without
    assert all(issubclass(kind.model, TenantModel | Tenant) for kind in kinds)


def test_a_reason_lasts_as_long_as_its_scope(inside):
    with open_scope(Scope(tenant_id=inside.pk)):
        state_reason("spring clean")
        assert current_scope().reason == "spring clean"
        first = make_party()
    second = make_party()
    reasons = dict(AuditEntry.objects.filter(table_name="parties_party").values_list("row_id", "reason"))
    assert (reasons[first.pk], reasons[second.pk]) == ("spring clean", None)
