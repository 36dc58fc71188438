from itertools import count
from typing import Any

from parties.choices import LocationPurpose, PartyRole
from parties.models import Location, Party, PartyRoleFact
from values.text import normalise_name

_serial = count(1)


def make_party(code: str | None = None, *roles: str, **values: Any) -> Party:
    code = code or f"P{next(_serial):04d}"
    name = values.pop("name", f"{code} Company")
    party = Party.objects.create(
        code=code,
        name=name,
        short_name=values.pop("short_name", code[:16]),
        normalised_name=normalise_name(name),
        country=values.pop("country", "US"),
        **values,
    )
    PartyRoleFact.objects.bulk_create(PartyRoleFact(party=party, role=role) for role in roles)
    return party


def make_sell_to(code: str | None = None, **values: Any) -> Party:
    return make_party(code, PartyRole.SELL_TO, PartyRole.PARTNER, **values)


def make_end_buyer(code: str | None = None, **values: Any) -> Party:
    return make_party(code, PartyRole.END_BUYER, **values)


def make_location(party: Party, code: str = "MAIN", **values: Any) -> Location:
    values = {
        "name": f"{party.name} {code}",
        "purpose": LocationPurpose.SHIP_TO,
        "address1": "1 Main Street",
        "city": "Springfield",
        "postcode": "12345",
        "country": party.country,
        **values,
    }
    return Location.objects.create(party=party, code=code, **values)
