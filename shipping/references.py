"""Columns of files that name shipping terms, or a place on the way."""

from functools import partial
from typing import Any

from django.db.models import Q

from exchange.columns import Ambiguous, Reference
from parties.choices import LocationPurpose
from parties.references import find_locations
from shipping.models import ShippingTerms


def find_terms(texts: frozenset[str], context: Any) -> dict[str, int | Ambiguous]:
    """By code, as written or in capitals."""
    stored = ShippingTerms.objects.filter(Q(code__in=texts) | Q(code__in={text.upper() for text in texts}))
    by_code = dict(stored.values_list("code", "pk"))
    answers = {text: by_code.get(text) or by_code.get(text.upper()) for text in texts}
    return {text: pk for text, pk in answers.items() if pk is not None}


TERMS = Reference("terms", "shipping terms", find_terms)
RE_SHIPPER = Reference("location", "location", partial(find_locations, purposes=(LocationPurpose.HUB,)))
