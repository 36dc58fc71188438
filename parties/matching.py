"""Text to party, for one text or for all texts of a file at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from tenancy.scope import current_tenant_id
from values.sql import load
from values.text import normalise_name

NOBODY = 0
Asked = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """`method` is code, alias or name. More than one party: the text is ambiguous in that way."""

    method: str
    party_ids: tuple[int, ...]

    @property
    def party_id(self) -> int | None:
        return self.party_ids[0] if len(self.party_ids) == 1 else None


def match_parties(
    texts: Iterable[str], *, reported_by: int | None = None, by_name: bool = True
) -> dict[str, PartyMatch]:
    """What each text means, where one party reported them all (or nobody in particular)."""
    asked = {(text, reported_by) for text in texts}
    return {text: match for (text, _), match in match_reported(asked, by_name=by_name).items()}


def match_reported(asked: Iterable[Asked], *, by_name: bool = True) -> dict[Asked, PartyMatch]:
    """What each (text, party that reported it) means; a text that means nothing is not in the answer.

    Tried in this order, the first that answers wins: code, alias learnt from that party, alias of everybody, normalised
    name. A merged party answers with its survivor. One statement whatever the number.
    """
    questions = sorted({(text, reporter or NOBODY) for text, reporter in asked if text.strip()})
    if not questions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            load("parties", "match_parties"),
            {
                "tenant_id": current_tenant_id(),
                "texts": [text for text, _ in questions],
                "normals": [normalise_name(text) for text, _ in questions],
                "reporters": [reporter for _, reporter in questions],
                "by_name": by_name,
            },
        )
        return {
            (text, reporter or None): PartyMatch(method, tuple(ids))
            for text, reporter, method, ids in cursor.fetchall()
        }
