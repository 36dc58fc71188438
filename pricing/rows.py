"""Rows of price files whose references are resolved already, and what became of each."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pricing.choices import AgreementStatus, TierBasis


class Change(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row did; for an error the field, a short code and a sentence."""

    change: Change
    field: str = ""
    code: str = ""
    message: str = ""


CREATED, UPDATED, UNCHANGED = Outcome(Change.CREATED), Outcome(Change.UPDATED), Outcome(Change.UNCHANGED)


def error(field: str, code: str, message: str) -> Outcome:
    return Outcome(Change.ERROR, field, code, message)


@dataclass(frozen=True, slots=True)
class PriceListRow:
    """`list_code` is made when there is no such list; BASE and BASE-EUR make the base list of the currency."""

    list_code: str
    currency: str
    product_id: int
    min_qty: int
    price: Decimal
    valid_from: dt.date
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    price_list_id: int
    party_id: int
    valid_from: dt.date
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One tier of one product or family of one agreement. The facts of the agreement repeat on all its rows."""

    number: str
    mechanism: str
    end_buyer_id: int | None
    sell_to_id: int | None
    currency: str
    valid_from: dt.date
    valid_to: dt.date
    product_id: int | None
    family_id: int | None
    min_qty: int
    price: Decimal
    cap_qty: int | None = None
    book_price: Decimal | None = None
    status: str = AgreementStatus.APPROVED
    project: str = ""
    tier_basis: str = TierBasis.LINE


@dataclass(frozen=True, slots=True)
class FxRow:
    """One unit of `from_currency` is `rate` of `to_currency`."""

    date: dt.date
    from_currency: str
    to_currency: str
    rate: Decimal
