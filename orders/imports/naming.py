"""What the texts of an order row mean: end buyer, part, ship-to. One look-up for each, whatever the number of rows."""

from collections.abc import Sequence

from catalog.matching import match_products
from catalog.models import Product, UnitFactor
from exchange.rows import Row
from parties.choices import LocationPurpose
from parties.matching import match_reported
from parties.places import Place, ambiguous_place, match_places

EDI_UNIT, EDI_SELLER_PART = "edi_unit", "edi_seller_part"


def name_end_buyers(rows: Sequence[Row]) -> None:
    """A distributor's own names and numbers for its customers go before what holds for everybody."""
    asked = {(row.values["end_buyer"], row.ids["sell_to"]) for row in rows if row.get("end_buyer")}
    found = match_reported(asked)
    for row in rows:
        text = row.get("end_buyer")
        if text is None:
            continue
        match = found.get((text, row.ids["sell_to"]))
        if match is None:
            row.error("end_buyer", "unknown_party", f"There is no party “{text}”.", text)
        elif match.party_id is None:
            row.error("end_buyer", "ambiguous_party", f"“{text}” means {len(match.party_ids)} parties: use the code.")
        else:
            row.ids["end_buyer"] = match.party_id


def name_parts(rows: Sequence[Row]) -> None:
    """The customer's own part number, or our sku; a row may have both, and then they must agree."""
    asked = {(text, row.ids["sell_to"]) for row in rows for text in part_texts(row)}
    found = match_products(asked)
    for row in rows:
        texts = part_texts(row)
        if not texts:
            continue
        known = [ids for text in texts if (ids := found.get((text, row.ids["sell_to"])))]
        settle_part(row, texts[0], known[0] if known else ())
    convert_units(rows)


def part_texts(row: Row) -> list[str]:
    texts = [row.get("customer_part"), row.source.get(EDI_SELLER_PART)]
    return [text for text in texts if text]


def settle_part(row: Row, text: str, product_ids: Sequence[int]) -> None:
    ours = row.ids.get("sku")
    if len(product_ids) == 1:
        row.ids["product"] = ours or product_ids[0]
        if ours and ours != product_ids[0]:
            row.warn("customer_part", "part_differs", f"“{text}” is another part of ours than {row.values['sku']}.")
    elif ours:
        row.ids["product"] = ours
    elif product_ids:
        row.error("customer_part", "ambiguous_product", f"“{text}” means {len(product_ids)} parts of ours.")
    else:
        row.error("customer_part", "unknown_product", f"There is no part “{text}” of this customer or ours.", text)


def convert_units(rows: Sequence[Row]) -> None:
    """Quantities of an EDI order come with a unit; where it is not the part's own, a known factor turns them."""
    named = [row for row in rows if unit_of(row) and product_of(row)]
    if not named:
        return
    products = Product.objects.in_bulk({product_of(row) for row in named})
    factors = unit_factors({unit_of(row) for row in named})
    for row in named:
        product, unit = products[product_of(row)], unit_of(row)
        if unit == product.unit.upper():
            continue
        factor = factors.get((unit, product.unit, product.pk)) or factors.get((unit, product.unit, None))
        if factor is None:
            row.error("quantity", "unknown_unit", f"The order is in {unit}, {product.sku} is sold in {product.unit}.")
            continue
        if row.get("quantity") is not None:
            row.values["quantity"] *= factor
        if row.get("unit_price") is not None:
            row.values["unit_price"] = round(row.values["unit_price"] / factor, 6)


def unit_of(row: Row) -> str:
    """The unit as the trading partner means it."""
    return (row.filled.get(EDI_UNIT) or row.source.get(EDI_UNIT, "")).upper()


def product_of(row: Row) -> int | None:
    return row.ids.get("product") or row.ids.get("sku")


def unit_factors(units: set[str]) -> dict[tuple[str, str, int | None], int]:
    stored = UnitFactor.objects.filter(unit__in=units)
    return {(unit, base, product): factor for unit, base, product, factor in stored.values_list(*FACTOR_COLUMNS)}


FACTOR_COLUMNS = ("unit", "base_unit", "product_id", "factor")


def name_ship_tos(rows: Sequence[Row]) -> None:
    """A code that several parties use means the place of the end buyer or of the sell-to."""
    texts = {row.values["ship_to"] for row in rows if row.get("ship_to")}
    found = match_places(texts, purposes=(LocationPurpose.SHIP_TO,)) if texts else {}
    for row in rows:
        text = row.get("ship_to")
        if text is None:
            continue
        places = nearest(found.get(text, []), [row.ids.get("end_buyer"), row.ids.get("sell_to")])
        if not places:
            row.error("ship_to", "unknown_location", f"There is no location “{text}”.", text)
        elif len(places) > 1:
            row.error("ship_to", "ambiguous_location", ambiguous_place(text, places))
        else:
            row.ids["ship_to"] = places[0].pk


def nearest(places: list[Place], owners: Sequence[int | None]) -> list[Place]:
    if len(places) < 2:
        return places
    for owner in owners:
        if own := [place for place in places if place.owner_id == owner]:
            return own
    return places
