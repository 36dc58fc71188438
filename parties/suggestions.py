"""End buyers that a text may mean: for a person to choose from, never taken without one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from values.sql import load

MOST = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`score` is the trigram similarity of the text to the party's name or its best alias, 0.3 to 1."""

    party_id: int
    score: Decimal


def suggest_parties(texts: Mapping[int, str], *, most: int = MOST) -> dict[int, list[Suggestion]]:
    """For each normalised text by its key the end buyers named like it, the likest first. One statement."""
    found: dict[int, list[Suggestion]] = {key: [] for key in texts}
    asked = {key: text for key, text in texts.items() if text}
    if not asked:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            load("parties", "suggest_parties"), {"keys": list(asked), "texts": list(asked.values()), "most": most}
        )
        for key, party_id, score in cursor.fetchall():
            found[key].append(Suggestion(party_id, score))
    return found
