from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import Product
from parties.models import Party


@dataclass(frozen=True)
class Name:
    code: str = ""
    name: str = ""


NOBODY = Name()


@dataclass(frozen=True)
class Names:
    """Codes and names of the parties and products that a report names; an end buyer of 0 is nobody."""

    parties: dict[int, Name]
    products: dict[int, Name]

    def party(self, party_id: int | None) -> Name:
        return self.parties.get(party_id or 0, NOBODY)

    def product(self, product_id: int | None) -> Name:
        return self.products.get(product_id or 0, NOBODY)


def names_of(party_ids: Iterable[int], product_ids: Iterable[int]) -> Names:
    parties = Party.objects.filter(pk__in=set(party_ids)).values_list("pk", "code", "name")
    products = Product.objects.filter(pk__in=set(product_ids)).values_list("pk", "sku", "description")
    return Names(
        {pk: Name(code, name) for pk, code, name in parties},
        {pk: Name(sku, description) for pk, sku, description in products},
    )
