from catalog.views.families import CreateFamily, EditFamily, FamilyDetail, FamilyList
from catalog.views.part_numbers import CreatePartNumber, PartNumberList, RemovePartNumber
from catalog.views.products import AddPartNumber, CreateProduct, EditProduct, ProductDetail, ProductList
from catalog.views.units import CreateUnit, EditUnit, RemoveUnit, UnitList

__all__ = [
    "AddPartNumber",
    "CreateFamily",
    "CreatePartNumber",
    "CreateProduct",
    "CreateUnit",
    "EditFamily",
    "EditProduct",
    "EditUnit",
    "FamilyDetail",
    "FamilyList",
    "PartNumberList",
    "ProductDetail",
    "ProductList",
    "RemovePartNumber",
    "RemoveUnit",
    "UnitList",
]
