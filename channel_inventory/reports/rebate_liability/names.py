from collections.abc import Iterable
from dataclasses import dataclass

from catalog.names import NOBODY, Name, names_of_parties, names_of_products
from channel_inventory.reports.rebate_liability.query import CreditRow, ExposureRow, KeySums
from pricing.models import Agreement


@dataclass(frozen=True)
class Names:
    """Codes and names of whatever keys name. An agreement is its number, whatever the revision."""

    parties: dict[int, Name]
    products: dict[int, Name]
    agreements: dict[int, Name]

    def party(self, party_id: int) -> Name:
        return self.parties.get(party_id, NOBODY)

    def product(self, product_id: int) -> Name:
        return self.products.get(product_id, NOBODY)

    def agreement(self, agreement_id: int) -> Name:
        return self.agreements.get(agreement_id, NOBODY)


def names_of(keys: Iterable[KeySums], credit_rows: Iterable[CreditRow], exposed: Iterable[ExposureRow]) -> Names:
    found = list(keys)
    party_ids = {key.partner_id for key in found} | {key.end_buyer_id for key in found}
    party_ids |= {row.partner_id for row in credit_rows} | {row.partner_id for row in exposed}
    agreements = Agreement.objects.filter(pk__in={key.agreement_id for key in found})
    return Names(
        names_of_parties(party_ids),
        names_of_products(key.product_id for key in found),
        {pk: Name(number) for pk, number in agreements.values_list("pk", "number")},
    )
