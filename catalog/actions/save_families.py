import datetime as dt
from collections.abc import Sequence

from catalog.models import ProductFamily
from exchange.upsert import upsert
from tenancy.models import Member


def save_families(*, families: Sequence[ProductFamily], by: Member | None, at: dt.datetime) -> list[ProductFamily]:
    """Write many families, new ones and known ones. The code tells which are known."""
    return upsert(ProductFamily, sorted(families, key=lambda each: each.code), unique=("code",), fields=("name",))
