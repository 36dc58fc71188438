"""Columns of files that name a party or a place of one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import Q

from exchange.columns import Ambiguous, Reference
from parties.choices import LocationPurpose
from parties.matching import match_parties
from parties.models import Location

MOST_NAMED = 3


def find_parties(texts: frozenset[str], context: Any) -> dict[str, int | Ambiguous]:
    """By code, or by an alias that holds for everybody."""
    answers: dict[str, int | Ambiguous] = {}
    for text, match in match_parties(texts, by_name=False).items():
        answers[text] = match.party_id or Ambiguous(f"“{text}” is an alias of {len(match.party_ids)} parties.")
    return answers


def find_locations(texts: frozenset[str], context: Any, *, purposes: Sequence[str] = ()) -> dict[str, int | Ambiguous]:
    """By `PARTY/CODE`, by a location code or GLN that only one place has, or by a party with only one such place.

    Places with one of `purposes` go before others.
    """
    pairs = {text: tuple(text.split("/", 1)) for text in texts if "/" in text}
    codes = {*texts, *(code for _, code in pairs.values())}
    owners = {*texts, *(owner for owner, _ in pairs.values())}
    stored = Location.objects.filter(is_active=True).filter(
        Q(code__in=codes) | Q(gln__in=texts) | Q(party__code__in=owners)
    )
    by_key: defaultdict[tuple[str, ...], list[tuple[int, str, str]]] = defaultdict(list)
    for pk, code, gln, owner, purpose in stored.values_list("pk", "code", "gln", "party__code", "purpose"):
        place = (pk, f"{owner}/{code}", purpose)
        by_key["pair", owner, code].append(place)
        by_key["code", code].append(place)
        by_key["owner", owner].append(place)
        if gln:
            by_key["gln", gln].append(place)
    answers = {text: choose(text, pairs.get(text), by_key, purposes) for text in texts}
    return {text: answer for text, answer in answers.items() if answer is not None}


def choose(
    text: str,
    pair: tuple[str, ...] | None,
    by_key: Mapping[tuple[str, ...], list[tuple[int, str, str]]],
    purposes: Sequence[str],
) -> int | Ambiguous | None:
    keys: list[tuple[str, ...]] = [("code", text), ("gln", text), ("owner", text)]
    if pair:
        keys.insert(0, ("pair", *pair))
    for key in keys:
        places = by_key.get(key, [])
        fitting = [place for place in places if place[2] in purposes] or places
        if len(fitting) == 1:
            return fitting[0][0]
        if fitting:
            named = ", ".join(sorted(name for _, name, _ in fitting)[:MOST_NAMED])
            return Ambiguous(f"“{text}” could be {named}{' or others' if len(fitting) > MOST_NAMED else ''}.")
    return None


PARTY = Reference("party", "party", find_parties)
SHIP_TO = Reference("location", "location", partial(find_locations, purposes=(LocationPurpose.SHIP_TO,)))
SHIP_FROM = Reference(
    "location", "location", partial(find_locations, purposes=(LocationPurpose.SHIP_FROM, LocationPurpose.HUB))
)
ANY_PLACE = Reference("location", "location", find_locations)
