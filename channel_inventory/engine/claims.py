"""The arithmetic of ship and debit, on plain values: what a sale may claim, what a return bills back, and replays.

A claim is `max(0, min(price basis, net cost) − agreed cost)` a unit, layer by layer, summed and rounded half up once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from values.money import format_minor, format_price, part_value, to_minor

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """Units of one sale from one layer. `basis` and `net_cost` are each; None where nothing tells them.

    Without a layer it was sold beyond what we knew of, and is counted at the book price of its day.
    """

    layer_id: int | None
    received_on: str
    quantity: int
    unit_cost: Decimal | None
    net_cost: Decimal | None
    basis: Decimal | None

    @property
    def credited_from(self) -> Decimal | None:
        """No unit is credited from more than it still costs the partner."""
        if self.basis is None:
            return None
        return self.basis if self.net_cost is None else min(self.basis, self.net_cost)


def unit_claim(piece: Piece, agreed_cost: Decimal) -> Decimal:
    start = piece.credited_from
    return ZERO if start is None else max(ZERO, start - agreed_cost)


def first_units(pieces: Sequence[Piece], quantity: int) -> list[tuple[Piece, int]]:
    """The pieces that `quantity` units are, oldest first, with how many of each."""
    taken, left = [], quantity
    for piece in pieces:
        part = min(piece.quantity, left)
        if part > 0:
            taken.append((piece, part))
            left -= part
    return taken


def claim_amount(pieces: Sequence[Piece], agreed_cost: Decimal, currency: str, quantity: int) -> int:
    """Minor units for the first `quantity` units of a sale."""
    total = sum((unit_claim(piece, agreed_cost) * part for piece, part in first_units(pieces, quantity)), ZERO)
    return to_minor(total, currency)


@dataclass(frozen=True, slots=True)
class Share:
    """What of a claim line is still open, and of how many units sold; signed parts come from `bill_back`."""

    amount: int
    covered: int
    consumed: int
    sold: int


def bill_back(share: Share, returned: int) -> tuple[int, int, int, int]:
    """What `returned` units of an open share take with them, as negatives: units, amount, covered, of the cap.

    Each is a part by the value rule; the last return takes the rest. More than is open returns what is open.
    """
    units = min(returned, share.sold)
    if units <= 0:
        return 0, 0, 0, 0
    amount, covered, consumed = (
        -part_value(value, units, share.sold) for value in (share.amount, share.covered, share.consumed)
    )
    return -units, amount, covered, consumed


def trued_up(open_amount: int, before: int, after: int) -> int:
    """What an open amount loses, as a negative, when its units are worth `after` and not `before`."""
    return part_value(open_amount, after, before) - open_amount


def replay(receipt: Mapping[str, Any]) -> int:
    """The amount in minor units that a receipt gives when it is worked out again."""
    back = receipt.get("bill_back")
    if back is not None:
        return -part_value(back["open_amount"], back["units"], back["open_units"])
    if receipt.get("agreed_cost") is None:
        return 0
    if filled := receipt.get("true_up"):
        worth = claim_amount(
            pieces_of(receipt), Decimal(receipt["agreed_cost"]), receipt["currency"], receipt["quantity"]
        )
        return trued_up(filled["open_amount"], filled["before"], worth)
    covered = receipt["decision"]["granted"] if "decision" in receipt else receipt["quantity"]
    return claim_amount(pieces_of(receipt), Decimal(receipt["agreed_cost"]), receipt["currency"], covered)


def pieces_of(receipt: Mapping[str, Any]) -> list[Piece]:
    return [
        Piece(
            layer_id=each["layer"],
            received_on=each["received_on"],
            quantity=each["quantity"],
            unit_cost=price_from(each["unit_cost"]),
            net_cost=price_from(each["net_cost"]),
            basis=price_from(each["basis"]),
        )
        for each in receipt["pieces"]
    ]


def price_from(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def price_text(price: Decimal | None) -> str | None:
    return None if price is None else str(price)


def told_steps(receipt: Mapping[str, Any]) -> list[str]:
    """The arithmetic of a receipt in words: as kept, or worked out from its inputs."""
    if "steps" in receipt:
        return list(receipt["steps"])
    if receipt["agreed_cost"] is None:
        return ["No agreement applies: nothing is claimed."]
    return steps(pieces_of(receipt), Decimal(receipt["agreed_cost"]), receipt["currency"], receipt["quantity"])


def steps(pieces: Sequence[Piece], agreed_cost: Decimal, currency: str, quantity: int) -> list[str]:
    """The arithmetic in words, a sentence a piece and one for the sum."""
    told = [step(piece, part, agreed_cost, currency) for piece, part in first_units(pieces, quantity)]
    total = claim_amount(pieces, agreed_cost, currency, quantity)
    return [*told, f"Together {format_minor(total, currency)} {currency}, rounded once."]


def step(piece: Piece, part: int, agreed_cost: Decimal, currency: str) -> str:
    start, source = piece.credited_from, "of its layer" if piece.layer_id else "at book: no layer was known"
    if start is None:
        return f"{part:,} units: no cost is known, so nothing is counted."
    each = unit_claim(piece, agreed_cost)
    value = format_minor(to_minor(each * part, currency), currency)
    told = f"{part:,} × ({format_price(start, currency)} − {format_price(agreed_cost, currency)})"
    if not each:
        return f"{told}: the agreed cost is not below it, 0."
    return f"{told} = {value}, {source}."
