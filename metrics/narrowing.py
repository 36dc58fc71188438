"""Whose rows: the words that people type and links carry, as ids of ledger rows."""

from catalog.models import Product
from metrics.reports.question import group_of
from parties.models import Party
from pricing.models import Agreement

NOBODY = "-"
ALONE = "="
OTHER_THAN = "!"
BETWEEN = "|"
NO_END_BUYER = 0


def party_ids(text: str) -> list[int] | None:
    """`DISTI` is it and its branches, `=DISTI` it alone, `-` where none is named, `A|=B` these, `!A|=B` all but these.

    None for no text, [] for nobody.
    """
    words = text.strip()
    if not words:
        return None
    if words.startswith(OTHER_THAN):
        without = {each for word in words.removeprefix(OTHER_THAN).split(BETWEEN) for each in party_ids(word) or []}
        return sorted({NO_END_BUYER, *Party.objects.values_list("pk", flat=True)} - without)
    if BETWEEN in words:
        return sorted({each for word in words.split(BETWEEN) for each in party_ids(word) or []})
    if words == NOBODY:
        return [NO_END_BUYER]
    party = Party.objects.filter(code__iexact=words.removeprefix(ALONE)).values_list("pk", flat=True).first()
    return [] if party is None else group_of(party, is_alone=words.startswith(ALONE))


def agreement_ids(numbers: str) -> list[int] | None:
    """Every revision of a number, `-` where none is named, `!A|B` all but these; None for no text, [] for none."""
    words = numbers.strip()
    if not words:
        return None
    if words == NOBODY:
        return [NO_END_BUYER]
    if words.startswith(OTHER_THAN):
        others = set(words.removeprefix(OTHER_THAN).split(BETWEEN))
        found = Agreement.objects.exclude(number__in=others).values_list("pk", flat=True)
        return [*([] if NOBODY in others else [NO_END_BUYER]), *found]
    return list(Agreement.objects.filter(number__iexact=words).values_list("pk", flat=True))


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
