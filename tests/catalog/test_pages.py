"""Parts on pages."""

import pytest
from django.urls import reverse

from catalog.models import PartNumber, Product
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_party
from tests.factories.tenancy import make_member

GIVEN = {
    "sku": "A-1",
    "description": "Diode",
    "family": "DIODES",
    "lifecycle": "active",
    "unit": "ea",
    "minimum_qty": "100",
    "multiple_qty": "50",
}


@pytest.fixture
def url(aurora):
    return lambda name, *args: reverse(f"catalog:{name}", args=[aurora.slug, *args])


@pytest.fixture
def enter(client, aurora):
    def sign_in(**values):
        with tenant_scope(aurora.pk):
            client.force_login(make_member(Role.ADMIN, **values).user)
        return client

    return sign_in


def only(model, tenant):
    with tenant_scope(tenant.pk):
        return model.objects.get()


def test_a_part_is_entered_shown_and_changed(enter, aurora, url):
    page = enter()
    assert page.post(url("product_create"), GIVEN).status_code == 302
    product = only(Product, aurora)
    assert (product.unit, product.multiple_qty) == ("EA", 50)
    assert "DIODES" in page.get(url("product_detail", product.pk)).text
    assert page.post(url("product_edit", product.pk), {**GIVEN, "multiple_qty": "25"}).status_code == 302
    assert only(Product, aurora).multiple_qty == 25
    assert "already" in page.post(url("product_create"), GIVEN).text


@pytest.mark.parametrize("wrong", [{"multiple_qty": "0"}, {"minimum_qty": "-1"}, {"country_of_origin": "XX"}])
def test_wrong_values_are_said_at_their_field(enter, url, wrong):
    answer = enter().post(url("product_create"), {**GIVEN, **wrong})
    assert (answer.status_code, 'value="Diode"' in answer.text) == (422, True)


def test_the_floor_price_is_for_those_who_see_costs(enter, aurora, url):
    with tenant_scope(aurora.pk):
        product = make_product("A-1", floor_price=7, floor_currency="USD")
    page = enter()
    texts = [page.get(url(name, product.pk)).text for name in ("product_detail", "product_edit")]
    assert ["loor price" in text for text in texts] == [False, False]
    page.post(url("product_edit", product.pk), {**GIVEN, "floor_price": "1"})
    assert only(Product, aurora).floor_price == 7
    assert "Floor price" in enter(sees_cost=True).get(url("product_edit", product.pk)).text


def test_a_customers_number_is_added(enter, aurora, url):
    with tenant_scope(aurora.pk):
        product, party = make_product("A-1"), make_party("ACME")
    page = enter()
    assert page.post(url("part_number_add", product.pk), {"party": "ACME", "number": "4711"}).status_code == 302
    assert only(PartNumber, aurora).party_id == party.pk
    assert "4711" in page.get(url("product_detail", product.pk)).text


def test_a_number_that_means_another_part_is_moved_only_when_asked(enter, aurora, url):
    with tenant_scope(aurora.pk):
        old, new, party = make_product("A-1"), make_product("A-2"), make_party("ACME", name="Acme")
        PartNumber.objects.create(product=old, party=party, number="4711")
    page, given = enter(), {"party": "ACME", "number": "4711"}
    answer = page.post(url("part_number_add", new.pk), given)
    assert (answer.status_code, only(PartNumber, aurora).product_id) == (422, old.pk)
    assert "Acme calls A-1 by this number" in answer.text
    assert page.post(url("part_number_add", new.pk), {**given, "is_moved": "on"}).status_code == 302
    assert only(PartNumber, aurora).product_id == new.pk
    assert page.post(url("part_number_add", new.pk), given).status_code == 302
