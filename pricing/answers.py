"""What is asked of the price resolver, and what it answers."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pricing.choices import PriceSource


@dataclass(frozen=True, slots=True)
class PriceQuestion:
    """One line to price. `on` is the price date; `key` is the caller's own and comes back in the answer."""

    key: int
    sell_to_id: int
    end_buyer_id: int | None
    product_id: int
    quantity: int
    currency: str
    on: dt.date
    project: str = ""
    cited_agreement: str = ""
    override_price: Decimal | None = None
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class PriceAnswer:
    """The price of one line and how it was found.

    `unit_price` is what the line is charged, None for no price. `book_price` is the list price, whatever is charged.
    Ship and debit charges book and sets `agreed_cost`. `trail` has an entry for every step tried, in order:
    `{"step", "applies", "ref", "price", "currency", "why"}`, all of them text but `applies`.
    `is_below_floor` is about a manual price: it needs an approval.
    """

    key: int
    unit_price: Decimal | None
    source: PriceSource
    reason: str
    trail: list[dict[str, Any]] = field(default_factory=list)
    book_price: Decimal | None = None
    agreed_cost: Decimal | None = None
    agreement_line_id: int | None = None
    is_below_floor: bool = False
