"""What the resolver's statements answer."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

APPLIES, CAP, TIER, SELL_TO, PROJECT, DATES, CURRENCY, STATUS, END_BUYER = range(9)


class Candidate(NamedTuple):
    """A question, its list prices, and (where `line_id` is set) one agreement line with the verdict on it.

    Columns and order are those of `sql/resolve_prices.sql`; the verdicts are the constants above. `place` is 1 for the
    best line of a question. `party_name` is whose line it is, where it was refused for that.
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
    place: int
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
    party_name: str | None

    @property
    def ref(self) -> str:
        return f"{self.number} rev {self.revision}"

    @property
    def book(self) -> Decimal | None:
        """The list price, from the assigned list or else from the base list."""
        return self.base_price if self.list_price is None else self.list_price


class Citation(NamedTuple):
    """An agreement that a line cites and that is none of its candidates; as `sql/cited_agreements.sql` has it."""

    no: int
    covers_product: bool
    names_no_end_buyer: bool
    names_no_sell_to: bool
    party_name: str
