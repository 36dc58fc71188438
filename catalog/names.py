"""Codes and names of the parties and products that a report speaks of: one query for each kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import Product
from parties.models import Party


@dataclass(frozen=True)
class Name:
    code: str = ""
    name: str = ""


NOBODY = Name()


def names_of_parties(ids: Iterable[int]) -> dict[int, Name]:
    found = Party.objects.filter(pk__in=set(ids)).values_list("pk", "code", "name")
    return {pk: Name(code, name) for pk, code, name in found}


def names_of_products(ids: Iterable[int]) -> dict[int, Name]:
    found = Product.objects.filter(pk__in=set(ids)).values_list("pk", "sku", "description")
    return {pk: Name(sku, description) for pk, sku, description in found}
