from collections.abc import Collection, Iterable

from django.db.models import Q

from orders.lookup.nearest import CANDIDATES, Unknown, distinct, not_known, spellings
from parties.models import Location


def find_places(texts: Iterable[str], *, near: Collection[int]) -> dict[str, Location | Unknown]:
    """By name, by code at one of the parties in `near`, or anywhere as PARTY/PLACE."""
    wanted = distinct(texts)
    if not wanted:
        return {}
    rows = places_called(wanted, near)
    found: dict[str, Location | Unknown] = {}
    for text in wanted:
        key = text.upper()
        whole = [row for row in rows if key == f"{row.party.code}/{row.code}".upper()]
        called = [row for row in rows if key in (row.code.upper(), row.name.upper())]
        close = [row for row in called if row.party_id in near]
        matches = whole or close or called
        if len(matches) == 1:
            found[text] = matches[0]
        elif matches:
            found[text] = Unknown(f"Several places are called “{text}”: {' or '.join(map(place_code, matches[:4]))}.")
        else:
            named = [(f"{place_code(row)} ({row.name})", f"{place_code(row)} {row.name}") for row in rows]
            found[text] = Unknown(not_known(text, named))
    return found


def places_called(texts: Collection[str], near: Collection[int]) -> list[Location]:
    parties = [text.rpartition("/")[0] for text in texts if "/" in text]
    any_of = Q(party_id__in=near) | Q(name__in=texts) | Q(code__in=spellings(texts))
    if parties:
        any_of |= Q(party__code__in=spellings(parties))
    rows = Location.objects.filter(any_of, is_active=True)
    return list(rows.select_related("party").order_by("party__code", "code")[:CANDIDATES])


def place_code(place: Location) -> str:
    return f"{place.party.code}/{place.code}"
