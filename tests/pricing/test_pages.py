"""Prices on pages: entered, shown, asked for, and kept from those who may not see costs."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pricing.models import Agreement, AgreementLine, FxRate, PriceList, PriceListItem
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.pricing import make_agreement, make_price_list
from tests.factories.tenancy import make_member
from tests.pricing.world import make_walk

AGREEMENT = {
    "number": "SPA-1",
    "mechanism": "direct",
    "end_buyer": "ACME",
    "currency": "usd",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
}


@pytest.fixture
def url(aurora):
    return lambda name, *args: reverse(f"pricing:{name}", args=[aurora.slug, *args])


@pytest.fixture
def enter(client, aurora):
    def sign_in(role=Role.ADMIN, **values):
        with tenant_scope(aurora.pk):
            client.force_login(make_member(role, **values).user)
        return client

    return sign_in


@pytest.fixture
def here(aurora):
    with tenant_scope(aurora.pk):
        return make_walk()


def only(model, tenant, **values):
    with tenant_scope(tenant.pk):
        return model.objects.get(**values)


def rows(*prices):
    """Fields of the form's rows: (part, from, price)."""
    sent = {}
    for index, (sku, min_qty, price) in enumerate(prices):
        sent |= {f"product_{index}": sku, f"min_qty_{index}": min_qty, f"price_{index}": price}
    sent |= {f"tier_basis_{index}": "line" for index in range(5)}
    return sent


def test_a_price_list_is_made_filled_and_assigned(enter, aurora, url, here):
    page = enter(sees_cost=True)
    given = {"code": "DIST-USD", "kind": "book", "currency": "usd"}
    assert page.post(url("price_list_create"), given).status_code == 302
    price_list = only(PriceList, aurora)
    price = {"product": "P-1", "min_qty": "1", "price": "1.2345", "valid_from": "2026-01-01"}
    assert page.post(url("list_price_set", price_list.pk), price).status_code == 302
    party = {"party": "DIST", "valid_from": "2026-01-01"}
    assert page.post(url("price_list_assign", price_list.pk), party).status_code == 302
    shown = page.get(url("price_list_detail", price_list.pk)).text
    assert all(text in shown for text in ("P-1", "1.2345", "Distributor"))
    assert "already" in page.post(url("price_list_create"), given).text


def test_an_overlapping_price_is_refused_at_its_field_and_kept(enter, aurora, url, here):
    with tenant_scope(aurora.pk):
        price_list = make_price_list(here.product, "1.20", party=here.sell_to)
    answer = enter().post(
        url("list_price_set", price_list.pk),
        {"product": "P-1", "min_qty": "1", "price": "1.10", "valid_from": "2026-07-01"},
    )
    assert (answer.status_code, 'value="1.10"' in answer.text) == (422, True)
    assert "It overlaps the one that holds from 2026-01-01 on." in answer.text
    assert only(PriceListItem, aurora).price == Decimal("1.20")


def test_book_prices_are_for_those_who_see_costs(enter, aurora, url, here):
    with tenant_scope(aurora.pk):
        price_list = make_price_list(here.product, "1.2345", party=here.sell_to)
    address = url("price_list_detail", price_list.pk)
    assert "1.2345" not in enter().get(address).text
    assert "1.2345" not in b"".join(enter().get(address, {"export": "csv"}).streaming_content).decode()
    assert "1.2345" in enter(sees_cost=True).get(address).text


def test_an_agreement_goes_through_its_life_on_pages(enter, aurora, url, here):
    page = enter(sees_cost=True)
    made = page.post(url("agreement_create"), {**AGREEMENT, **rows(("P-1", "", "0.95"), ("P-1", "1000", "0.90"))})
    assert made.status_code == 302
    agreement = only(Agreement, aurora)
    assert only(AgreementLine, aurora).min_qtys == [1, 1000]
    shown = page.get(url("agreement_detail", agreement.pk)).text
    assert all(text in shown for text in ("SPA-1", "Acme", "0.95", "0.9", "Draft"))
    for step in ("submit", "return", "submit", "approve"):
        assert page.get(url(f"agreement_{step}", agreement.pk)).status_code == 200
        assert page.post(url(f"agreement_{step}", agreement.pk)).status_code == 302
    assert only(Agreement, aurora).status == "approved"
    again = page.post(url("agreement_approve", agreement.pk))
    assert (again.status_code, "cannot become approved" in again.text) == (422, True)
    page.post(url("agreement_revise", agreement.pk), {**AGREEMENT, **rows(("P-1", "1", "0.93"))})
    revised = only(Agreement, aurora, revision=2)
    changed = page.post(url("agreement_edit", revised.pk), {**AGREEMENT, **rows(("P-1", "1", "0.92"))})
    assert changed.status_code == 302
    page.post(url("agreement_submit", revised.pk))
    page.post(url("agreement_approve", revised.pk))
    assert "Superseded" in page.get(url("agreement_detail", agreement.pk)).text
    page.post(url("agreement_close", revised.pk))
    assert only(Agreement, aurora, revision=2).status == "closed"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"price_0": ""}, "A price is missing."),
        ({"product_0": ""}, "Name a part or a family, not both."),
        ({"family_0": "NONE"}, "There is no family “NONE”."),
        ({"product_0": "X-9"}, "There is no part “X-9”."),
        ({"end_buyer": "NOBODY"}, "There is no party “NOBODY”."),
        ({"end_buyer": ""}, "Name an end buyer, or a sell-to for a contract price."),
        ({"valid_to": "2025-01-01"}, "It would end on 2025-01-01, before it starts on 2026-01-01."),
        ({"price_1": "0.90", "product_1": "P-1"}, "Another row of this part starts with this quantity."),
        ({"price_1": "1", "product_1": "P-1", "min_qty_1": "5", "cap_qty_1": "9"}, "Another row of this part says"),
        ({"price_0": "-1"}, "greater than or equal to 0"),
        ({"price_0": "", "product_0": ""}, "An agreement needs at least one price."),
    ],
)
def test_what_is_wrong_with_an_agreement_is_said_and_nothing_typed_is_lost(enter, aurora, url, here, change, message):
    answer = enter().post(url("agreement_create"), {**AGREEMENT, **rows(("P-1", "1", "0.95")), **change})
    assert (answer.status_code, message in answer.text) == (422, True)
    assert 'value="SPA-1"' in answer.text
    with tenant_scope(aurora.pk):
        assert not Agreement.objects.exists()


def test_the_form_grows_with_its_rows(enter, url, here):
    page = enter()
    assert "Price 5" in page.get(url("agreement_create")).text
    assert "Price 6" not in page.get(url("agreement_create")).text
    assert "Price 15" in page.get(url("agreement_create"), {"rows": "15"}).text
    many = {f"price_{index}": "" for index in range(8)}
    assert "Price 8" in page.post(url("agreement_create"), many).text
    assert page.get(url("agreement_create"), {"rows": "99999999"}).status_code == 200


def test_agreed_prices_are_for_those_who_see_costs(enter, aurora, url, here):
    with tenant_scope(aurora.pk):
        agreement = make_agreement(here.product, "0.9512", end_buyer=here.buyer).agreement
    addresses = [url(name, agreement.pk) for name in ("agreement_detail", "agreement_revise")]
    ask = {"sell_to": "DIST", "end_buyer": "ACME", "product": "P-1", "quantity": "5", "currency": "USD"}
    ask |= {"on": "2026-11-23"}
    page = enter()
    assert not any("0.9512" in page.get(address).text for address in addresses)
    assert "0.9512" not in page.get(url("price_ask"), ask).text
    page = enter(sees_cost=True)
    assert all("0.9512" in page.get(address).text for address in addresses)
    asked = page.get(url("price_ask"), ask).text
    assert all(text in asked for text in ("0.9512", "agreement for this end buyer, any sell-to", "No contract price"))


def test_asking_with_something_missing_says_so(enter, url, here):
    answer = enter().get(url("price_ask"), {"product": "P-1", "sell_to": "NOBODY"})
    assert "There is no party “NOBODY”." in answer.text


def test_a_rate_is_entered_and_listed(enter, aurora, url):
    page = enter()
    given = {"date": "2026-11-23", "from_currency": "eur", "to_currency": "usd", "rate": "1.1"}
    assert page.post(url("rate_create"), given).status_code == 302
    assert only(FxRate, aurora).from_currency == "EUR"
    assert "1.1" in page.get(url("rate_list")).text
    same = page.post(url("rate_create"), {**given, "to_currency": "EUR"})
    assert (same.status_code, "between two currencies" in same.text) == (422, True)


def test_the_page_of_an_agreement_takes_as_many_queries_for_many_lines(enter, aurora, url, here):
    with tenant_scope(aurora.pk):
        line = make_agreement(here.product, "1", end_buyer=here.buyer)
    page, address = enter(), url("agreement_detail", line.agreement_id)

    def queries():
        with CaptureQueriesContext(connection) as found:
            page.get(address)
        return len(found)

    page.get(address)
    few = queries()
    with tenant_scope(aurora.pk):
        for _ in range(10):
            other = make_agreement(make_product(), "1", end_buyer=here.buyer)
            AgreementLine.objects.filter(pk=other.pk).update(agreement=line.agreement)
    assert queries() == few
