import datetime as dt
from collections.abc import Sequence

from catalog.models import PartNumber
from exchange.upsert import upsert
from tenancy.models import Member


def save_part_numbers(*, part_numbers: Sequence[PartNumber], by: Member | None, at: dt.datetime) -> list[PartNumber]:
    """Write many part numbers. A number of a party that is known comes to mean the product given here."""
    ordered = sorted(part_numbers, key=lambda each: (each.party_id, each.number))
    return upsert(PartNumber, ordered, unique=("party", "number"), fields=("product",))
