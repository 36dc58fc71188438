"""Products, their files, and what a customer's part number means."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.actions.save_product import SkuTaken, save_product
from catalog.matching import match_products
from catalog.models import PartNumber, Product, ProductFamily
from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from tests.exchange.files import codes, counts, csv_file, take
from tests.factories.catalog import make_product
from tests.factories.parties import make_party
from tests.fixtures import NOW

pytestmark = pytest.mark.usefixtures("inside")
HEAD = "sku,description,family,unit,minimum_qty,multiple_qty,unit_weight_g,lead_time_days,lifecycle"
WHO = {"by": None, "at": NOW}


def number(product, party, text):
    return PartNumber.objects.create(product=product, party=party, number=text)


def test_products_make_their_families_on_the_fly():
    lines = "A-1,Diode,DIODES,ea,100,100,0.05,70,active", "A-2,Diode two,DIODES,ea,,,,,"
    assert counts(take("products", csv_file(HEAD, *lines))) == (2, 0, 0, 0)
    assert list(ProductFamily.objects.values_list("code", flat=True)) == ["DIODES"]
    second = Product.objects.get(sku="A-2")
    assert (second.unit, second.minimum_qty, second.multiple_qty, second.lifecycle) == ("EA", 1, 1, "active")
    assert counts(take("products", export_bytes(kind_named("products"), "xlsx"))) == (0, 0, 2, 0)
    moved = take("products", csv_file(HEAD, "A-1,Diode,RECTIFIERS,EA,100,100,0.05,70,active"))
    assert counts(moved) == (1, 0, 0, 0)
    assert Product.objects.get(sku="A-1").family.code == "RECTIFIERS"


def test_packages_are_positive_and_weights_not_negative():
    batch = take("products", csv_file(HEAD, "A-1,Diode,D,EA,0,-1,-5,1.5,gone"))
    assert codes(batch) == [
        (2, "minimum_qty", "not_positive"),
        (2, "multiple_qty", "not_positive"),
        (2, "unit_weight_g", "too_small"),
        (2, "lead_time_days", "not_whole"),
        (2, "lifecycle", "bad_choice"),
    ]


def test_part_numbers_name_a_product_and_a_party_that_are_there():
    make_product("A-1")
    make_product("A-2")
    make_party("ACME")
    lines = "A-1,ACME,4711", "A-9,ACME,4712", "A-1,GONE,4713", "a-2,ACME,4711"
    batch = take("part_numbers", csv_file("sku,party,number", *lines))
    assert codes(batch) == [(3, "sku", "unknown_product"), (4, "party", "unknown_party"), (5, "party", "repeated_row")]
    assert PartNumber.objects.get().product.sku == "A-1"
    assert counts(take("part_numbers", csv_file("sku,party,number", "A-2,ACME,4711"))) == (1, 0, 0, 0)
    assert PartNumber.objects.get().product.sku == "A-2"
    assert counts(take("part_numbers", export_bytes(kind_named("part_numbers"), "csv"))) == (0, 0, 1, 0)


def test_the_partys_own_number_goes_first_then_its_groups_then_our_sku():
    own, parents, sister, ours = (make_product(sku) for sku in ("P-OWN", "P-PARENT", "P-SISTER", "X1"))
    top = make_party("TOP")
    branch, other = make_party("BRANCH", parent=top), make_party("SISTER", parent=top)
    stranger = make_party("STRANGER")
    number(own, branch, "N1")
    number(parents, top, "N1")
    number(parents, top, "N2")
    number(sister, other, "N2")
    number(sister, other, "N3")
    number(sister, stranger, "X1")
    asked = [(text, branch.pk) for text in ("N1", "n2", "N3", "X1", "none")]
    found = match_products([*asked, ("X1", stranger.pk), ("N1", stranger.pk), ("x1", None)])
    assert found == {
        ("N1", branch.pk): (own.pk,),
        ("n2", branch.pk): (parents.pk,),
        ("N3", branch.pk): (sister.pk,),
        ("X1", branch.pk): (ours.pk,),
        ("X1", stranger.pk): (sister.pk,),
        ("x1", None): (ours.pk,),
    }


def test_two_branches_that_disagree_are_ambiguous():
    first, second = make_product(), make_product()
    top = make_party()
    number(first, make_party(parent=top), "N1")
    number(second, make_party(parent=top), "N1")
    assert set(match_products([("N1", top.pk)])[("N1", top.pk)]) == {first.pk, second.pk}


def test_a_thousand_part_numbers_are_one_statement():
    party = make_party()
    number(make_product(), party, "N500")
    with CaptureQueriesContext(connection) as captured:
        found = match_products((f"N{n}", party.pk) for n in range(1_000))
    assert (len(captured), len(found)) == (1, 1)


def test_a_product_is_saved_under_one_sku():
    product = save_product(sku="A-1", family="NEW", description="Diode", unit="EA", **WHO)
    assert product.family.code == "NEW"
    with pytest.raises(SkuTaken):
        save_product(sku="A-1", family="NEW", description="Other", **WHO)
    save_product(sku="A-1B", family="OTHER", product_id=product.pk, multiple_qty=50, **WHO)
    product.refresh_from_db()
    assert (product.sku, product.family.code, product.multiple_qty) == ("A-1B", "OTHER", 50)
