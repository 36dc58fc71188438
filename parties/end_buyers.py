"""Who an end buyer is that a partner reports: the third question that is asked for every line of a file."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from parties.addresses import Address, agrees
from parties.matching import PartyMatch
from parties.models import Location, Party
from tenancy.scope import current_tenant_id
from values.sql import load
from values.text import normalise_name

CODE, LEARNT, GENERAL, NAME = 1, 2, 3, 4
METHODS = {CODE: "code", LEARNT: "alias", GENERAL: "alias", NAME: "name"}


@dataclass(frozen=True, slots=True)
class EndBuyerQuestion:
    """An end buyer as one partner writes it; `key` names the question, `normalised_name` is empty for nobody named."""

    key: int
    reported_by_id: int
    code: str
    normalised_name: str
    address: Address


def resolve_end_buyers(questions: Sequence[EndBuyerQuestion]) -> dict[int, PartyMatch]:
    """The end buyer of each question by its key; what nothing tells, or several parties could be, is not in it.

    Tried in this order, the first that answers wins: our code, an alias learnt from that partner, an alias of
    everybody, the normalised name. By name alone an address must not contradict what we know of the party; it also
    tells parties of one name apart. Only parties with the role end buyer count. At most three statements, whatever
    the number.
    """
    found = candidates(questions)
    by_key = {question.key: question for question in questions}
    named = {key: ids for key, (rank, ids) in found.items() if rank == NAME}
    places = known_places({party_id for ids in named.values() for party_id in ids})
    answers = {}
    for key, (rank, ids) in found.items():
        left = fitting(by_key[key].address, ids, places) if rank == NAME else ids
        if len(left) == 1:
            answers[key] = PartyMatch(METHODS[rank], tuple(left))
    return answers


def candidates(questions: Sequence[EndBuyerQuestion]) -> dict[int, tuple[int, list[int]]]:
    if not questions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            load("parties", "resolve_end_buyers"),
            {
                "tenant_id": current_tenant_id(),
                "keys": [each.key for each in questions],
                "reporters": [each.reported_by_id for each in questions],
                "codes": [each.code.strip() for each in questions],
                "code_normals": [normalise_name(each.code) for each in questions],
                "names": [each.normalised_name for each in questions],
            },
        )
        return {key: (rank, ids) for key, rank, ids in cursor.fetchall()}


def known_places(party_ids: Collection[int]) -> dict[int, list[Address]]:
    """Where each party is, as far as we know: its places in use, or only its country when it has none."""
    known: dict[int, list[Address]] = defaultdict(list)
    if not party_ids:
        return known
    places = Location.objects.filter(party_id__in=party_ids, is_active=True)
    for party_id, *place in places.values_list("party_id", "city", "postcode", "country"):
        known[party_id].append(Address(*place))
    for pk, country in Party.objects.filter(pk__in=set(party_ids) - known.keys()).values_list("pk", "country"):
        known[pk].append(Address(country=country))
    return known


def fitting(said: Address, ids: Iterable[int], places: dict[int, list[Address]]) -> list[int]:
    return [pk for pk in ids if any(agrees(said, known) for known in places[pk])]
