"""The kinds of files about products."""

from catalog.imports.families import PRODUCT_FAMILIES
from catalog.imports.part_numbers import PART_NUMBERS
from catalog.imports.products import PRODUCTS
from catalog.imports.units import UNITS

__all__ = ["PART_NUMBERS", "PRODUCTS", "PRODUCT_FAMILIES", "UNITS"]
