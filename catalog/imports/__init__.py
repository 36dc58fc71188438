"""The kinds of files about products."""

from catalog.imports.part_numbers import PART_NUMBERS
from catalog.imports.products import PRODUCTS

__all__ = ["PART_NUMBERS", "PRODUCTS"]
