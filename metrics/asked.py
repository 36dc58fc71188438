"""What somebody wants to see, whichever report shows it: what a form, a page, a job or a subscription carries.

Each report makes its own question of it, which is whole and checked.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Asked:
    """Ids of the tenant in scope; `first` empty: the start of the fiscal period.

    A sell-to stands for its group, unless it `is_sell_to_alone`; so does a partner. A site, and a supplier with all its
    places, narrow delivery performance alone; `partner_id`, `known_on`, `agreement` (a number) and `kind` are of the
    liability.
    """

    as_of: date
    first: date | None = None
    sell_to_id: int | None = None
    end_buyer_id: int | None = None
    product_id: int | None = None
    family_id: int | None = None
    is_sell_to_alone: bool = False
    source: str = "snapshot"
    site_id: int | None = None
    supplier_id: int | None = None
    partner_id: int | None = None
    agreement: str = ""
    kind: str = ""
    known_on: date | None = None
