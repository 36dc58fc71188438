"""What is asked of the resolver of shipping terms."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class TermsQuestion:
    """A delivery. Weight (kg) and value (reporting currency) are those of all lines to the same ship-to."""

    key: int
    sell_to_id: int
    end_buyer_id: int | None
    ship_to_id: int | None
    ship_from_id: int | None
    family_id: int | None
    on: dt.date
    weight_kg: Decimal | None
    value: Decimal | None
    incoterm: str = ""
