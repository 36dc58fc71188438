"""Which account pays, and what is missing. Plain values, no database."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shipping.choices import Incoterm, Payer

# the bits of a failed condition in resolve_terms.sql, lowest first
CONDITIONS = (
    "ship_to",
    "end_buyer",
    "sell_to",
    "family",
    "ship_from",
    "region",
    "country",
    "weight",
    "value",
    "incoterm",
    "dates",
    "terms",
)


@dataclass(frozen=True)
class Account:
    """A freight account as far as choosing it goes. Empty service: any; empty dates: open."""

    id: int
    party_id: int
    carrier_id: int
    service: str
    number: str
    payer_country: str
    payer_postcode: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    def is_valid_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Wanted:
    """What terms say about carriage: enough to choose the account and to see what is missing."""

    incoterm: str
    named_place: str
    freight_payer: str
    carrier_id: int | None
    service: str
    account_id: int | None
    has_ship_to: bool


def payer_parties(
    freight_payer: str,
    *,
    receiver_id: int | None,
    sell_to_id: int | None,
    end_buyer_id: int | None,
    re_shipper_id: int | None,
) -> list[int]:
    """Whose account may be used, the likeliest first; empty when the shipper pays.

    The receiver is the ship-to's party, else the customer that bought. The third party is the end buyer, else the
    re-shipper, else the customer.
    """
    order = {
        Payer.RECEIVER: (receiver_id, sell_to_id),
        Payer.THIRD_PARTY: (end_buyer_id, re_shipper_id, sell_to_id),
    }.get(Payer(freight_payer), ())
    return list(dict.fromkeys(party_id for party_id in order if party_id is not None))


def choose_account(
    wanted: Wanted, accounts: Iterable[Account], *, payers: Sequence[int], on: dt.date
) -> Account | None:
    """The account that pays: the one the terms name, else the payer's own for this carrier and service.

    It must be valid on the day. Payers go in their order; one for the very service beats one for any; then the one
    that became valid last, then the newest.
    """
    valid = [account for account in accounts if account.is_valid_on(on)]
    if wanted.account_id is not None:
        return next((account for account in valid if account.id == wanted.account_id), None)
    fitting = [
        account
        for account in valid
        if account.party_id in payers
        and account.carrier_id == wanted.carrier_id
        and account.service in ("", wanted.service)
    ]
    return min(fitting, key=lambda account: _preference(account, payers), default=None)


def missing(wanted: Wanted, account: Account | None) -> list[str]:
    """The required fields that are empty, in words. Carriage that the buyer collects itself (EXW) needs no carrier."""
    named_account = wanted.freight_payer != Payer.SHIPPER and (
        wanted.carrier_id is not None or wanted.incoterm != Incoterm.EXW
    )
    needed = [
        ("Incoterm", bool(wanted.incoterm)),
        ("named place", bool(wanted.named_place.strip())),
        ("ship-to", wanted.has_ship_to),
        ("carrier", wanted.carrier_id is not None or wanted.incoterm == Incoterm.EXW),
        ("freight account", account is not None or not named_account),
        ("payer country", account is None or bool(account.payer_country) or not named_account),
        ("payer postcode", account is None or bool(account.payer_postcode) or not named_account),
    ]
    return [name for name, present in needed if not present]


def _preference(account: Account, payers: Sequence[int]) -> tuple[int, bool, int, int]:
    since = account.valid_from.toordinal() if account.valid_from else 0
    return payers.index(account.party_id), account.service == "", -since, -account.id
