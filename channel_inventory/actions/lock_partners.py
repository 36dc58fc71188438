from collections.abc import Iterable

from channel_inventory import statements


def lock_partners(partner_ids: Iterable[int]) -> None:
    """Whoever moves the stock of a partner holds it until commit, partners in key order."""
    statements.rows("lock_partners", partners=sorted(set(partner_ids)))
