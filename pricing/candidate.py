"""One row of the resolver's statement."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

APPLIES, CAP, TIER, SELL_TO, PROJECT, DATES, CURRENCY, STATUS, END_BUYER = range(9)


class Candidate(NamedTuple):
    """A question, its list prices, and (where `line_id` is set) one agreement line with the verdict on it.

    Columns and order are those of `sql/resolve_prices.sql`; the verdicts are the constants above.
    """

    no: int
    floor_price: Decimal | None
    floor_currency: str | None
    list_code: str | None
    list_depth: int | None
    list_price: Decimal | None
    list_qty: int | None
    base_code: str | None
    base_price: Decimal | None
    base_qty: int | None
    cited_covers: bool | None
    cites_contract: bool
    cites_any: bool
    cited_for: str | None
    line_id: int | None
    verdict: int
    step: int
    is_cited: bool
    number: str
    revision: int
    status: str
    mechanism: str
    price: Decimal
    tier_qty: int
    tier_basis: str
    fixed_book: Decimal | None
    cap_qty: int | None
    left_qty: int | None
    used_qty: int
    currency: str
    project: str
    valid_from: dt.date
    valid_to: dt.date
    is_family: bool
    seller_depth: int | None
    owner_depth: int
    buyer_name: str | None
    seller_name: str | None

    @property
    def ref(self) -> str:
        return f"{self.number} rev {self.revision}"

    @property
    def book(self) -> Decimal | None:
        """The list price, from the assigned list or else from the base list."""
        return self.base_price if self.list_price is None else self.list_price
