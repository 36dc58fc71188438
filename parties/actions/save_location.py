import datetime as dt
from typing import Any

from parties.actions.save_locations import FIELDS, save_locations
from parties.errors import LocationCodeTaken
from parties.models import Location
from tenancy.models import Member
from values.text import normalise_postcode


def save_location(
    *, party_id: int, code: str, by: Member | None, at: dt.datetime, location_id: int | None = None, **values: Any
) -> Location:
    """Change a place of a party, or (without `location_id`) add one. Raises LocationCodeTaken."""
    same_code = Location.objects.filter(party_id=party_id, code=code)
    if location_id is not None:
        same_code = same_code.exclude(pk=location_id)
    if same_code.exists():
        raise LocationCodeTaken(f"The party has a place “{code}” already.")
    values["postcode"] = normalise_postcode(values.get("postcode", ""), values.get("country", ""))
    if location_id is None:
        return save_locations(locations=[Location(party_id=party_id, code=code, **values)], by=by, at=at)[0]
    place = Location.objects.select_for_update().get(pk=location_id, party_id=party_id)
    for name, value in {"code": code, **values}.items():
        setattr(place, name, value)
    place.save(update_fields=["code", *FIELDS])
    return place
