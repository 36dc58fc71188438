"""What lines of reports took from which layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from channel_inventory import statements


@dataclass(frozen=True)
class Piece:
    """Units of one layer; without a layer they were sold beyond what we knew of, at the book price of their day.

    `unit_cost` is what the partner paid, `net_cost` that less the credits given on it until now; both are None where
    no book price was known. A return's quantities are negative.
    """

    layer_id: int | None
    quantity: int
    unit_cost: Decimal | None
    net_cost: Decimal | None
    currency: str


def layer_pieces(pos_line_ids: Sequence[int]) -> dict[int, list[Piece]]:
    """The pieces of each line, oldest receipt first, shortages last. They add up to the line's quantity.

    A line that was corrected has none. A sale keeps its own when units of it come back: these are the return's.
    """
    found: dict[int, list[Piece]] = {line: [] for line in pos_line_ids}
    for line, *piece in statements.rows("layer_pieces", lines=list(found)):
        found[line].append(Piece(*piece))
    return found
