import datetime as dt
from collections.abc import Sequence

from exchange.upsert import upsert
from parties.models import Location
from tenancy.models import Member

FIELDS = (
    "name", "purpose", "address1", "address2", "city", "region", "postcode", "country", "gln", "is_active",
)  # fmt: skip


def save_locations(*, locations: Sequence[Location], by: Member | None, at: dt.datetime) -> list[Location]:
    """Write many places, new ones and known ones. Party and code tell which are known."""
    ordered = sorted(locations, key=lambda place: (place.party_id, place.code))
    return upsert(Location, ordered, unique=("party", "code"), fields=FIELDS)
