"""How much waits on the pages of the side navigation."""

from typing import Any

from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id
from values.sql import load

# counts are read at a glance: from here on it is "a lot"
MOST = 1_000
# the right that opens the page of each count, in the order of the statement's columns
COUNTS = {
    "uncommitted": "orders.view",
    "holds": "orders.view",
    "drafts": "orders.enter",
    "requests": "shipping.view",
    "exceptions": "shipping.view",
}


def waiting(member: Any) -> dict[str, str]:
    """One statement. Only counts of pages that the member may open, and none of what does not wait."""
    wanted = [name for name, right in COUNTS.items() if member.may(right)]
    if not wanted:
        return {}
    asked = {"tenant_id": current_tenant_id(), "member_id": member.pk, "most": MOST}
    (row,) = fetch_prepared(load("metrics", "waiting"), asked)
    found = dict(zip(COUNTS, row, strict=True))
    return {name: shown(found[name]) for name in wanted if found[name]}


def shown(count: int) -> str:
    return f"{count}" if count < MOST else f"{MOST - 1}+"
