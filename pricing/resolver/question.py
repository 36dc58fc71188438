"""What is asked of the price resolver."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


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
