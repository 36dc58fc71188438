import datetime as dt
from collections.abc import Iterable

from exchange.upsert import upsert
from shipping.models import Carrier
from tenancy.models import Member


def upsert_carriers(*, carriers: Iterable[Carrier | None], by: Member | None, at: dt.datetime) -> None:
    """Save those that are new, each once. A code that came in meanwhile is the same carrier."""
    named = [carrier for carrier in carriers if carrier]
    new = {carrier.code: carrier for carrier in named if not carrier.pk}
    upsert(Carrier, [new[code] for code in sorted(new)], unique=("code",), fields=("code",))
