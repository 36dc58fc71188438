"""Columns of files that name a product or a family."""

from typing import Any

from django.db.models import Q

from catalog.models import Product, ProductFamily
from exchange.columns import Ambiguous, Reference


def find_products(texts: frozenset[str], context: Any) -> dict[str, int | Ambiguous]:
    """By our own sku, as written or in capitals."""
    stored = Product.objects.filter(sku__in={*texts, *(text.upper() for text in texts)})
    by_sku = dict(stored.values_list("sku", "pk"))
    answers = {text: by_sku.get(text) or by_sku.get(text.upper()) for text in texts}
    return {text: pk for text, pk in answers.items() if pk is not None}


def find_families(texts: frozenset[str], context: Any) -> dict[str, int | Ambiguous]:
    stored = ProductFamily.objects.filter(Q(code__in=texts) | Q(code__in={text.upper() for text in texts}))
    by_code = dict(stored.values_list("code", "pk"))
    answers = {text: by_code.get(text) or by_code.get(text.upper()) for text in texts}
    return {text: pk for text, pk in answers.items() if pk is not None}


PRODUCT = Reference("product", "product", find_products)
FAMILY = Reference("family", "product family", find_families)
