"""Partners by code. Parties stand on a higher floor, so the top names who finds them (`settings.IMPORT_PARTNERS`)."""

from django.conf import settings
from django.utils.module_loading import import_string

from exchange.columns import Reference


class UnknownPartner(LookupError):
    field = "partner"


def partner_named(code: str) -> int:
    """Key of the party with this code or alias. Raises UnknownPartner."""
    reference: Reference = import_string(settings.IMPORT_PARTNERS)
    found = reference.find(frozenset({code}), None).get(code)
    if not isinstance(found, int):
        raise UnknownPartner(f"There is no party “{code}”.")
    return found
