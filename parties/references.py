"""Columns of files that name a party or a place of one."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from exchange.columns import Ambiguous, Reference
from parties.choices import LocationPurpose
from parties.matching import match_parties
from parties.models import Party
from parties.places import ambiguous_place, match_places


def code_of(party_id: int) -> str:
    return Party.objects.values_list("code", flat=True).get(pk=party_id)


def find_parties(texts: frozenset[str], context: Any) -> dict[str, int | Ambiguous]:
    """By code, or by an alias that holds for everybody."""
    answers: dict[str, int | Ambiguous] = {}
    for text, match in match_parties(texts, by_name=False).items():
        answers[text] = match.party_id or Ambiguous(f"“{text}” is an alias of {len(match.party_ids)} parties.")
    return answers


def find_named_parties(texts: frozenset[str], context: Any) -> dict[str, int | Ambiguous]:
    """By code, by an alias that holds for everybody, or by name."""
    answers: dict[str, int | Ambiguous] = {}
    for text, match in match_parties(texts).items():
        answers[text] = match.party_id or Ambiguous(f"“{text}” means {len(match.party_ids)} parties: write the code.")
    return answers


def find_locations(texts: frozenset[str], context: Any, *, purposes: Sequence[str] = ()) -> dict[str, int | Ambiguous]:
    """By `PARTY/CODE`, by a location code or GLN that only one place has, or by a party with only one such place.

    Places with one of `purposes` go before others.
    """
    answers = {}
    for text, places in match_places(texts, purposes=purposes).items():
        answers[text] = places[0].pk if len(places) == 1 else Ambiguous(ambiguous_place(text, places))
    return answers


PARTY = Reference("party", "party", find_parties)
NAMED_PARTY = Reference("party", "party", find_named_parties)
SHIP_TO = Reference("location", "location", partial(find_locations, purposes=(LocationPurpose.SHIP_TO,)))
SHIP_FROM = Reference(
    "location", "location", partial(find_locations, purposes=(LocationPurpose.SHIP_FROM, LocationPurpose.HUB))
)
