"""Whose rows: the words that people type and links carry, as ids of ledger rows."""

from catalog.models import Product
from metrics.reports.bookings_billings_backlog.question import group_of
from parties.models import Party

NOBODY = "-"
ALONE = "="
OTHER_THAN = "!"
BETWEEN = "|"
NO_END_BUYER = 0


def party_ids(text: str) -> list[int] | None:
    """`DISTI` is it and its branches, `=DISTI` it alone, `-` where none is named, `!A|=B` all but these.

    None for no text, [] for nobody.
    """
    words = text.strip()
    if not words:
        return None
    if words.startswith(OTHER_THAN):
        without = {each for word in words.removeprefix(OTHER_THAN).split(BETWEEN) for each in party_ids(word) or []}
        return sorted({NO_END_BUYER, *Party.objects.values_list("pk", flat=True)} - without)
    if words == NOBODY:
        return [NO_END_BUYER]
    party = Party.objects.filter(code__iexact=words.removeprefix(ALONE)).values_list("pk", flat=True).first()
    return [] if party is None else group_of(party, is_alone=words.startswith(ALONE))


def product_ids(sku: str, family: str) -> list[int] | None:
    """Of a SKU (`!A|B`: of all but these) and within a family; None when neither is given, [] when there is none."""
    skus = sku.strip()
    found = Product.objects.all()
    if not skus and not family.strip():
        return None
    if family.strip():
        found = found.filter(family__code__iexact=family.strip())
    if skus.startswith(OTHER_THAN):
        found = found.exclude(sku__in=skus.removeprefix(OTHER_THAN).split(BETWEEN))
    elif skus:
        found = found.filter(sku__iexact=skus)
    return list(found.values_list("pk", flat=True))
