"""Codes and names of the parties and products that a report speaks of: one query for each kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.models import Product
from parties.models import Party


@dataclass(frozen=True)
class Name:
    code: str = ""
    name: str = ""
    # of a party, for narrow columns
    short: str = field(default="", compare=False)


NOBODY = Name()


def names_of_parties(ids: Iterable[int]) -> dict[int, Name]:
    found = Party.objects.filter(pk__in=set(ids)).values_list("pk", "code", "name", "short_name")
    return {pk: Name(*names) for pk, *names in found}


def names_of_products(ids: Iterable[int]) -> dict[int, Name]:
    found = Product.objects.filter(pk__in=set(ids)).values_list("pk", "sku", "description")
    return {pk: Name(sku, description) for pk, sku, description in found}
