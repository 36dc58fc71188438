import datetime as dt
from typing import Any

from shipping.actions.saving import assign, locked
from shipping.checks import date_problems
from shipping.errors import Problem, refuse
from shipping.models import FreightAccount
from tenancy.models import Member
from values.text import normalise_postcode


def save_freight_account(
    *, by: Member | None, at: dt.datetime, account_id: int | None = None, **values: Any
) -> FreightAccount:
    """Change a freight account, or (without `account_id`) add one. `values` are fields of FreightAccount.

    Raises ShippingRefused when the carrier has this number for the service already, or the dates run backwards.
    """
    account = locked(FreightAccount, account_id, None) if account_id else FreightAccount()
    if not assign(account, values):
        return account
    account.payer_postcode = normalise_postcode(account.payer_postcode, account.payer_country)
    refuse(date_problems(account))
    same = FreightAccount.objects.filter(carrier_id=account.carrier_id, number=account.number, service=account.service)
    if same.exclude(pk=account.pk).exists():
        refuse([Problem("number", "account_taken", f"The carrier has an account {account.number} already.")])
    account.save()
    return account
