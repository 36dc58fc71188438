from catalog.models.family import ProductFamily
from catalog.models.part_number import PartNumber
from catalog.models.product import Product
from catalog.models.unit import UnitFactor

__all__ = ["PartNumber", "Product", "ProductFamily", "UnitFactor"]
