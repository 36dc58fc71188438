"""Parts, units and places of a report, each looked up once for all rows."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from catalog.matching import match_products
from catalog.models import Product
from channel_inventory.imports.partners import UNIT, families_of
from exchange.rows import Row
from orders.imports.naming import unit_factors
from parties.places import ambiguous_place, match_places
from tenancy.scope import current_tenant_id
from values.sql import load

MOST_SUGGESTED = 3
MOST_ASKED = 1_000
# with this many units, and more than any has cost, the amounts of a ledger are far from their end
LARGEST_QUANTITY = 10**12
Factors = Mapping[tuple[str, str, int | None], int]


def name_parts(rows: Sequence[Row]) -> None:
    """The partner's own part number, or our sku."""
    asked = {(row.values["sku"], row.ids["partner"]) for row in rows if row.get("sku")}
    found = match_products(asked)
    unknown = {text for text, partner_id in asked if (text, partner_id) not in found}
    near = suggestions(unknown, {partner_id for _, partner_id in asked}) if unknown else {}
    for row in rows:
        text = row.get("sku")
        if text is None:
            continue
        product_ids = found.get((text, row.ids["partner"]), ())
        if len(product_ids) == 1:
            row.ids["product"] = product_ids[0]
        elif product_ids:
            row.error("sku", "ambiguous_product", f"“{text}” means {len(product_ids)} parts of ours.")
        else:
            row.error("sku", "unknown_product", no_such_part(text, near.get(text, [])), text)


def suggestions(texts: Collection[str], partner_ids: Collection[int]) -> dict[str, list[str]]:
    """Our parts that differ from each text by leading zeros, dashes or blanks only."""
    params: dict[str, Any] = {
        "tenant_id": current_tenant_id(),
        "texts": sorted(texts)[:MOST_ASKED],
        "party_ids": sorted(partner_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(load("channel_inventory", "suggest_products"), params)
        return dict(cursor.fetchall())


def no_such_part(text: str, near: Sequence[str]) -> str:
    sentence = f"There is no part “{text}” of this partner or ours."
    if not near:
        return sentence
    named = " or ".join(near[:MOST_SUGGESTED])
    if any(sku != text and sku.lstrip("0") == text.lstrip("0") for sku in near):
        return f"{sentence} Did you mean {named}? Leading zeros were lost, as when a spreadsheet reads it as a number."
    return f"{sentence} Did you mean {named}?"


def count_in_own_unit(rows: Sequence[Row], quantities: Sequence[str]) -> None:
    """Turn what is reported in boxes into the part's own unit: `row.subject` becomes (sku, factor)."""
    named = [row for row in rows if "product" in row.ids]
    products = Product.objects.in_bulk({row.ids["product"] for row in named})
    factors = unit_factors({unit for row in named if (unit := unit_of(row))})
    counted: dict[tuple[int, str], tuple[str, int]] = {}
    for row in named:
        product, unit = products[row.ids["product"]], unit_of(row)
        subject = counted.get((product.pk, unit))
        if subject is None:
            factor = factor_for(row, product, factors)
            if factor is None:
                continue
            subject = counted[product.pk, unit] = product.sku, factor
        row.subject = subject
        refuse_too_many(row, quantities, subject[1])


def unit_of(row: Row) -> str:
    return (row.filled.get(UNIT) or row.get(UNIT, "")).upper()


def factor_for(row: Row, product: Product, factors: Factors) -> int | None:
    unit, own = unit_of(row), product.unit
    if unit in ("", own.upper()):
        return 1
    factor = factors.get((unit, own, product.pk)) or factors.get((unit, own, None))
    if factor is None:
        message = f"The report counts in {unit}, {product.sku} in {own}: tell under Units how many {own} one {unit} is."
        row.error("unit", "unknown_unit", message)
    return factor


def refuse_too_many(row: Row, quantities: Sequence[str], factor: int) -> None:
    for name in quantities:
        if abs(row.get(name, 0)) * factor > LARGEST_QUANTITY:
            row.error(name, "too_large", f"{row.values[name]:,} × {factor:,} is more than can be counted.")


def price_each(price: Decimal, factor: int) -> Decimal:
    return price if factor == 1 else round(price / factor, 6)


def name_places(rows: Sequence[Row], column: str) -> None:
    """Places of the partner and its branches; a place of somebody else is none."""
    asked = [row for row in rows if row.get(column) and "partner" in row.ids]
    found = match_places({row.values[column] for row in asked}) if asked else {}
    families = families_of({row.ids["partner"] for row in asked})
    for row in asked:
        text, family = row.values[column], families[row.ids["partner"]]
        places = [place for place in found.get(text, []) if place.owner_id in family]
        own = [place for place in places if place.owner_id == row.ids["partner"]]
        if len(places) == 1 or len(own) == 1:
            row.ids["location"] = (own or places)[0].pk
        elif places:
            row.error(column, "ambiguous_location", ambiguous_place(text, places))
        else:
            row.error(column, "unknown_location", f"The partner has no place “{text}”.", text)
