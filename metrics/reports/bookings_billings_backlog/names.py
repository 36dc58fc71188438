from collections.abc import Iterable
from dataclasses import dataclass

from catalog.names import NOBODY, Name, names_of_parties, names_of_products


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
    return Names(names_of_parties(party_ids), names_of_products(product_ids))
