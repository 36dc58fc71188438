"""Files of families and units."""

import pytest

from catalog.models import ProductFamily, UnitFactor
from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from tests.exchange.files import codes, counts, take
from tests.factories.catalog import make_product

pytestmark = pytest.mark.usefixtures("inside")


def units():
    return sorted(UnitFactor.objects.values_list("unit", "factor", "base_unit", "product__sku"))


def test_families_are_made_named_and_left_alone():
    assert counts(take("product_families", "code,name\nDIODE,Diodes\nFET,\n")) == (2, 0, 0, 0)
    assert counts(take("product_families", "code,name\nDIODE,Diodes and more\nFET,\n")) == (1, 0, 1, 0)
    assert counts(take("product_families", "code\nDIODE\n")) == (0, 0, 1, 0)
    assert dict(ProductFamily.objects.values_list("code", "name")) == {"DIODE": "Diodes and more", "FET": ""}


def test_units_hold_so_many_for_all_parts_or_for_one():
    make_product("A-1", unit="EA")
    batch = take("units", "unit,factor,base_unit,sku\nbx,50,ea,\nBX,100,EA,A-1\nRL,3000,EA,\n")
    assert counts(batch) == (3, 0, 0, 0)
    assert units() == [("BX", 50, "EA", None), ("BX", 100, "EA", "A-1"), ("RL", 3000, "EA", None)]
    assert counts(take("units", "unit,factor,base_unit\nBX,60,EA\nRL,3000,EA\n")) == (1, 0, 1, 0)
    assert units()[0] == ("BX", 60, "EA", None)


def test_a_wrong_unit_is_refused_beside_the_others():
    make_product("A-1", unit="EA")
    rows = ("RL,0,EA,", "EA,5,EA,", "BX,5,M,A-1", "BX,5,EA,NONE", "bx,7,ea,", "BX,8,EA,")
    batch = take("units", "unit,factor,base_unit,sku\n" + "\n".join(rows) + "\n")
    assert codes(batch) == [
        (2, "factor", "not_positive"), (3, "unit", "same_unit"), (4, "base_unit", "other_unit"),
        (5, "sku", "unknown_product"), (7, "unit", "repeated_row"),
    ]  # fmt: skip
    assert units() == [("BX", 7, "EA", None)]


@pytest.mark.parametrize("kind", ["product_families", "units"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_uploaded_again_changes_nothing(kind, ending):
    make_product("A-1", unit="EA")
    take("units", "unit,factor,base_unit,sku\nBX,50,EA,\nBX,100,EA,A-1\n")
    take("product_families", "code,name\nDIODE,=Diodes\n")
    batch = take(kind, export_bytes(kind_named(kind), ending))
    assert (batch.rejected_count, batch.accepted_count) == (0, 0)
    assert batch.unchanged_count == 2
