import datetime as dt
from collections.abc import Sequence

from exchange.upsert import upsert
from shipping.actions.upsert_carriers import upsert_carriers
from shipping.models import Carrier, ShippingTerms
from tenancy.models import Member

FIELDS = (
    "version", "incoterm", "named_place", "freight_payer", "carrier", "service", "freight_account", "duty_payer",
    "re_shipper", "partials_allowed", "early_days", "late_days", "instructions", "updated_at",
)  # fmt: skip


def upsert_terms(
    *, terms: Sequence[tuple[ShippingTerms, Carrier | None]], by: Member | None, at: dt.datetime
) -> list[ShippingTerms]:
    """Write many terms with their carriers, new ones included. The code tells which are known.

    The caller has refused contradictions. The version of known ones rises by one.
    """
    upsert_carriers(carriers=[carrier for _, carrier in terms], by=by, at=at)
    for each, carrier in terms:
        each.carrier_id = carrier.pk if carrier else None
        each.version += each.pk is not None
    ordered = sorted((each for each, _ in terms), key=lambda each: each.code)
    return upsert(ShippingTerms, ordered, unique=("code",), fields=FIELDS)
