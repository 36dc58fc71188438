from collections.abc import Collection, Iterable
from dataclasses import dataclass

from catalog.models import PartNumber, Product
from orders.lookup.nearest import CANDIDATES, Unknown, distinct, not_known, spellings, starting


@dataclass(frozen=True)
class Part:
    """A product, and the customer's own number when it was found by that."""

    product: Product
    customer_part: str = ""


def find_parts(texts: Iterable[str], *, party_ids: Collection[int]) -> dict[str, Part | Unknown]:
    """By our number, or by the number that one of these parties (in their order) gives it."""
    wanted = distinct(texts)
    if not wanted:
        return {}
    ours = {row.sku.upper(): row for row in Product.objects.filter(sku__in=spellings(wanted))}
    theirs = parts_numbered(wanted, party_ids)
    found: dict[str, Part | Unknown] = {}
    for text in wanted:
        if text.upper() in ours:
            found[text] = Part(ours[text.upper()])
        elif text.upper() in theirs:
            found[text] = Part(theirs[text.upper()], text)
    missing = [text for text in wanted if text not in found]
    return {**found, **{text: Unknown(message) for text, message in near_parts(missing).items()}}


def near_parts(texts: Collection[str]) -> dict[str, str]:
    if not texts:
        return {}
    skus = Product.objects.filter(starting(texts, "sku")).values_list("sku", flat=True)[:CANDIDATES]
    named = [(sku, sku) for sku in skus]
    return {text: not_known(text, named) for text in texts}


def parts_numbered(texts: Collection[str], party_ids: Collection[int]) -> dict[str, Product]:
    order = {party_id: place for place, party_id in enumerate(party_ids)}
    rows = PartNumber.objects.filter(party_id__in=order, number__in=spellings(texts)).select_related("product")
    found: dict[str, Product] = {}
    for row in sorted(rows, key=lambda row: order[row.party_id]):
        found.setdefault(row.number.upper(), row.product)
    return found
