"""Partners by code or name.

Parties stand on a higher floor, so the top names who finds them (`settings.IMPORT_PARTNERS`).
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from exchange.columns import Ambiguous, Reference


def partner_code(party_id: int) -> str:
    """The code under which a form shows a party."""
    codes: Callable[[int], str] = import_string(settings.IMPORT_PARTNER_CODE)
    return codes(party_id)


class UnknownPartner(LookupError):
    field = "partner"


def partner_named(code: str) -> int:
    """Key of the party with this code, alias or name. Raises UnknownPartner."""
    reference: Reference = import_string(settings.IMPORT_PARTNERS)
    found = reference.find(frozenset({code}), None).get(code)
    if isinstance(found, Ambiguous):
        raise UnknownPartner(found.message)
    if found is None:
        raise UnknownPartner(f"There is no party “{code}”.")
    return found
