"""What the desk needs to know about everything an entry names: one query per table, whatever the number of lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.models import Product
from orders.entry.order_entry import OrderEntry
from parties.models import Location, Party
from tenancy.models import Tenant
from tenancy.prepared import fetch_prepared
from tenancy.rows import current_tenant, rows_by_id
from tenancy.scope import current_tenant_id
from values.sql import load


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
    return Facts(
        tenant=current_tenant(),
        parties=wanted,
        sell_to_ids=sell_tos_among(wanted),
        locations=locations,
        products=found(Product, products),
    )


def sell_tos_among(parties: Iterable[int]) -> set[int]:
    values = {"tenant": current_tenant_id(), "ids": "{" + ",".join(map(str, parties)) + "}"}
    return {party_id for (party_id,) in fetch_prepared(load("orders", "sell_tos_among"), values)}


def ids(lines: Iterable[Any], name: str) -> list[int | None]:
    return [getattr(line, name) for line in lines]


def found(model: type[Any], wanted: Iterable[int | None]) -> dict[int, Any]:
    keys = {key for key in wanted if key}
    return rows_by_id(model, keys) if keys else {}
