"""Text to party, for one text or for all texts of a file at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from tenancy.scope import current_tenant_id
from values.sql import load
from values.text import normalise_name


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """`method` is code, alias or name. More than one party: the text is ambiguous in that way."""

    method: str
    party_ids: tuple[int, ...]

    @property
    def party_id(self) -> int | None:
        return self.party_ids[0] if len(self.party_ids) == 1 else None


def match_parties(
    texts: Iterable[str], *, reported_by: Collection[int] = (), by_name: bool = True
) -> dict[str, PartyMatch]:
    """What each text means; a text that means nothing is not in the answer. One statement whatever the number.

    Tried in this order, the first that answers wins: code, alias learnt from one of the `reported_by` parties, alias
    of everybody, normalised name. A merged party answers with its survivor.
    """
    asked = sorted({text for text in texts if text.strip()})
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            load("parties", "match_parties"),
            {
                "tenant_id": current_tenant_id(),
                "texts": asked,
                "normals": [normalise_name(text) for text in asked],
                "reporters": list(reported_by),
                "by_name": by_name,
            },
        )
        return {text: PartyMatch(method, tuple(ids)) for text, method, ids in cursor.fetchall()}
