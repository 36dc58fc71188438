"""End buyers that a text may mean: for a person to choose from, never taken without one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from values.sql import load

MOST = 5
# looked for first: names that are so much alike are few, and where they are enough no others go before them
VERY_LIKE, LIKE = "0.5", "0.3"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`score` is the trigram similarity of the text to the party's name or its best alias, 0.3 to 1."""

    party_id: int
    score: Decimal


def suggest_parties(texts: Mapping[int, str], *, most: int = MOST) -> dict[int, list[Suggestion]]:
    """For each normalised text by its key the end buyers named like it, the likest first. Two statements at most."""
    asked = {key: text for key, text in texts.items() if text}
    found = named_like(asked, VERY_LIKE, most)
    more = {key: text for key, text in asked.items() if len(found.get(key, ())) < most}
    found |= named_like(more, LIKE, most)
    return {key: found.get(key, []) for key in texts}


def named_like(asked: Mapping[int, str], threshold: str, most: int) -> dict[int, list[Suggestion]]:
    """Those whose similarity is the threshold or more; a text that is like none is not in the answer.

    Outside of a transaction the threshold has no effect, and all that are like it are looked at.
    """
    found: dict[int, list[Suggestion]] = {}
    if not asked:
        return found
    with connection.cursor() as cursor:
        set_threshold(threshold)
        cursor.execute(
            load("parties", "suggest_parties"), {"keys": list(asked), "texts": list(asked.values()), "most": most}
        )
        for key, party_id, score in cursor.fetchall():
            found.setdefault(key, []).append(Suggestion(party_id, score))
        set_threshold(LIKE)
    return found


def set_threshold(text: str) -> None:
    """From which similarity on two texts are alike, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [text])
