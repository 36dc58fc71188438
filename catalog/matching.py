"""Part number to product, for one text or for all texts of a file at once."""

from collections.abc import Iterable

from django.db import connection

from tenancy.scope import current_tenant_id
from values.sql import load

NOBODY = 0
Asked = tuple[str, int | None]


def match_products(asked: Iterable[Asked]) -> dict[Asked, tuple[int, ...]]:
    """What each (text, party that wrote it) means; more than one product: ambiguous; nothing: not in the answer.

    The party's own part number goes first, then that of its nearest parent, then that of any branch of its group, then
    our sku. One statement whatever the number.
    """
    questions = sorted({(text, party_id or NOBODY) for text, party_id in asked if text})
    if not questions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            load("catalog", "match_products"),
            {
                "tenant_id": current_tenant_id(),
                "texts": [text for text, _ in questions],
                "party_ids": [party_id for _, party_id in questions],
            },
        )
        return {(text, party_id or None): tuple(ids) for text, party_id, ids in cursor.fetchall()}
