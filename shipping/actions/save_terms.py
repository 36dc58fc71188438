import datetime as dt
from typing import Any

from shipping.actions.saving import assign, locked, refuse_taken_code
from shipping.checks import terms_problems
from shipping.errors import refuse
from shipping.models import FreightAccount, ShippingTerms
from tenancy.models import Member


def save_terms(
    *,
    code: str,
    by: Member | None,
    at: dt.datetime,
    terms_id: int | None = None,
    version: int | None = None,
    **values: Any,
) -> ShippingTerms:
    """Change shipping terms, or (without `terms_id`) make new ones.

    `values` are fields of ShippingTerms, keys as `x_id`. The version rises with every edit that changes
    something; what was released keeps the terms it was frozen with.
    Raises ShippingRefused, StaleVersion.
    """
    terms = locked(ShippingTerms, terms_id, version) if terms_id else ShippingTerms()
    refuse_taken_code(ShippingTerms, code, terms_id, "terms")
    if not assign(terms, {"code": code, **values}):
        return terms
    account = FreightAccount.objects.filter(pk=terms.freight_account_id).first() if terms.freight_account_id else None
    refuse(terms_problems(terms, account))
    if terms_id:
        terms.version += 1
    terms.save()
    return terms
