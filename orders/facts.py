"""What the desk needs to know about everything an entry names: one query per table, whatever the number of lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.models import Product
from orders.entry import OrderEntry
from parties.choices import PartyRole
from parties.models import Location, Party, PartyRoleFact
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id


@dataclass(frozen=True)
class Facts:
    tenant: Tenant
    parties: dict[int, Party]
    sell_to_ids: set[int]
    locations: dict[int, Location]
    products: dict[int, Product]

    def ship_to_party(self, location_id: int | None) -> Party | None:
        location = self.locations.get(location_id) if location_id else None
        return self.parties.get(location.party_id) if location else None


def gather(entry: OrderEntry) -> Facts:
    lines = entry.lines
    locations = found(Location, [entry.default_ship_to_id, *ids(lines, "ship_to_id"), *ids(lines, "ship_from_id")])
    parties = [entry.sell_to_id, entry.bill_to_id, entry.default_end_buyer_id, *ids(lines, "end_buyer_id")]
    return gather_ids(
        parties=[*parties, *(each.party_id for each in locations.values())],
        products=ids(lines, "product_id"),
        locations=locations,
    )


def gather_ids(
    *, parties: Iterable[int | None], products: Iterable[int | None], locations: dict[int, Location]
) -> Facts:
    wanted = found(Party, parties)
    facts = PartyRoleFact.objects.filter(role=PartyRole.SELL_TO, party_id__in=list(wanted))
    return Facts(
        tenant=Tenant.objects.get(pk=current_tenant_id()),
        parties=wanted,
        sell_to_ids=set(facts.values_list("party_id", flat=True)),
        locations=locations,
        products=found(Product, products),
    )


def ids(lines: Iterable[Any], name: str) -> list[int | None]:
    return [getattr(line, name) for line in lines]


def found(model: type[Any], wanted: Iterable[int | None]) -> dict[int, Any]:
    keys = {key for key in wanted if key}
    return {row.pk: row for row in model.objects.filter(pk__in=keys)} if keys else {}
