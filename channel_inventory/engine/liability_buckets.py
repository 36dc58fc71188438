"""How much each entry of the liability ledger moves its two buckets. Plain integers of minor units, signed."""

from dataclasses import dataclass

from channel_inventory.choices import LiabilityEntry


class BadLiability(ValueError):
    """An entry that the books would not bear; the text says why."""


@dataclass(frozen=True)
class Buckets:
    estimated: int = 0
    claimed: int = 0

    def __add__(self, other: "Buckets") -> "Buckets":
        return Buckets(self.estimated + other.estimated, self.claimed + other.claimed)

    def __bool__(self) -> bool:
        return bool(self.estimated or self.claimed)


NOTHING = Buckets()


def taken(amount: int, open_amount: int) -> int:
    """What `amount` takes from what is open: at most all of it, and nothing from the other side of zero."""
    if amount > 0 < open_amount:
        return min(amount, open_amount)
    if amount < 0 > open_amount:
        return max(amount, open_amount)
    return 0


def moved(entry: str, amount: int, is_open: Buckets) -> Buckets:
    """What an entry adds to the buckets of its key, of which `is_open` is open.

    A bill-back has a negative amount and moves the other way. Raises BadLiability for an accrual that is not positive,
    a settlement of more than is claimed, and a reversal, which is made from the row that it names.
    """
    if entry == LiabilityEntry.ACCRUE:
        if amount <= 0:
            raise BadLiability(f"An accrual of {amount} is an adjustment.")
        return Buckets(estimated=amount)
    if entry == LiabilityEntry.ADJUST:
        return Buckets(estimated=amount)
    if entry == LiabilityEntry.APPROVE:
        return Buckets(-taken(amount, is_open.estimated), amount)
    if entry == LiabilityEntry.DENY:
        return Buckets(estimated=-taken(amount, is_open.estimated))
    if entry == LiabilityEntry.SETTLE:
        if taken(amount, is_open.claimed) != amount:
            raise BadLiability(f"A settlement of {amount} is more than the {is_open.claimed} that is claimed.")
        return Buckets(claimed=-amount)
    raise BadLiability("A reversal names the row that it takes back.")
