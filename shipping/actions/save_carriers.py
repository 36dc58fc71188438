import datetime as dt
from collections.abc import Sequence

from exchange.upsert import upsert
from shipping.models import Carrier
from tenancy.models import Member


def save_carriers(*, carriers: Sequence[Carrier], by: Member | None, at: dt.datetime) -> list[Carrier]:
    """Write many carriers, new ones and known ones. The code tells which are known."""
    ordered = sorted(carriers, key=lambda each: each.code)
    return upsert(Carrier, ordered, unique=("code",), fields=("name", "services"))
