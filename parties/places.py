"""Text to place: locations named in files, for all texts of a file at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from parties.models import Location

MOST_NAMED = 3
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    pk: int
    owner_id: int
    name: str
    purpose: str


def match_places(texts: Collection[str], *, purposes: Sequence[str] = ()) -> dict[str, list[Place]]:
    """What each text means; several places: ambiguous; a text that means nothing is not in the answer.

    `PARTY/CODE` goes before a location code, that before a GLN, that before the code of a party whose only place it is.
    Within one way places with one of `purposes` go before others. One query whatever the number.
    """
    pairs: dict[str, Key] = {text: tuple(text.split("/", 1)) for text in texts if "/" in text}
    by_key = stored_places({*texts, *(code for _, code in pairs.values())}, {*texts, *(o for o, _ in pairs.values())})
    found = {}
    for text in texts:
        keys: list[Key] = [("code", text), ("gln", text), ("owner", text)]
        if text in pairs:
            keys.insert(0, ("pair", *pairs[text]))
        places = next((by_key[key] for key in keys if key in by_key), [])
        if fitting := [place for place in places if place.purpose in purposes] or places:
            found[text] = fitting
    return found


def stored_places(codes: Collection[str], owners: Collection[str]) -> Mapping[Key, list[Place]]:
    stored = Location.objects.filter(is_active=True).filter(
        Q(code__in=codes) | Q(gln__in=codes) | Q(party__code__in=owners)
    )
    by_key: defaultdict[Key, list[Place]] = defaultdict(list)
    columns = stored.order_by("pk").values_list("pk", "code", "gln", "party_id", "party__code", "purpose")
    for pk, code, gln, owner_id, owner, purpose in columns:
        place = Place(pk, owner_id, f"{owner}/{code}", purpose)
        by_key["pair", owner, code].append(place)
        by_key["code", code].append(place)
        by_key["owner", owner].append(place)
        if gln:
            by_key["gln", gln].append(place)
    return dict(by_key)


def ambiguous_place(text: str, places: Sequence[Place]) -> str:
    named = ", ".join(sorted(place.name for place in places)[:MOST_NAMED])
    return f"“{text}” could be {named}{' or others' if len(places) > MOST_NAMED else ''}: write PARTY/CODE."
