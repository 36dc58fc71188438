"""The claim line that takes back what was credited for want of a layer, with its receipt. No writes."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from channel_inventory.choices import ClaimLineState, PriceBasis
from channel_inventory.engine.claims import Piece, claim_amount, pieces_of, price_text, steps, trued_up
from channel_inventory.models import ClaimLine
from values.money import format_minor

NOTE = "Trued up: goods that cost less have filled what no layer held"


class Taken(NamedTuple):
    """Units of a sale as they are now, oldest first; without a layer at the book price of their day."""

    layer_id: int | None
    received_on: dt.date | None
    quantity: int
    currency: str
    unit_cost: Decimal | None
    net_cost: Decimal | None


def true_up_of(
    original: ClaimLine, taken: Sequence[Taken], earlier: Sequence[ClaimLine], at: dt.datetime
) -> ClaimLine | None:
    """What an approved line got too much, its open part of it; None when its units cost no less than was reckoned.

    `earlier` are the lines that have billed it back. What would be more stands as it was decided.
    """
    before = reckoned(original, earlier)
    if original.agreed_cost is None or any(each.currency != original.currency for each in taken):
        return None
    pieces = [piece_of(each, original.receipt) for each in taken]
    after = claim_amount(pieces, original.agreed_cost, original.currency, original.quantity)
    open_amount = original.amount + sum(line.amount for line in earlier)
    if after >= before or not (amount := trued_up(open_amount, before, after)):
        return None
    return ClaimLine(
        claim_id=original.claim_id,
        pos_line_id=original.pos_line_id,
        partner_id=original.partner_id,
        end_buyer_id=original.end_buyer_id,
        product_id=original.product_id,
        agreement_line_id=original.agreement_line_id,
        quantity=0,
        agreed_cost=original.agreed_cost,
        currency=original.currency,
        amount=amount,
        state=ClaimLineState.APPROVED,
        receipt=receipt_of(original, pieces, (open_amount, before, after), at),
        reverses=original,
        decided_at=at,
        decision_note=NOTE,
        created_at=at,
    )


def reckoned(original: ClaimLine, earlier: Sequence[ClaimLine]) -> int:
    """What its units were last said to claim, in minor units."""
    known = [line.receipt["true_up"]["after"] for line in earlier if "true_up" in line.receipt]
    return known[-1] if known else original.amount


def piece_of(taken: Taken, receipt: dict[str, Any]) -> Piece:
    """A price basis that is no cost stays what it was when the sale was valued."""
    basis = taken.unit_cost
    if receipt["price_basis"] != PriceBasis.INVENTORY_COST and basis is not None:
        basis = next((piece.basis for piece in pieces_of(receipt) if piece.basis is not None), None)
    return Piece(
        layer_id=taken.layer_id,
        received_on=taken.received_on.isoformat() if taken.received_on else "",
        quantity=taken.quantity,
        unit_cost=taken.unit_cost,
        net_cost=taken.net_cost,
        basis=basis,
    )


def receipt_of(
    original: ClaimLine, pieces: Sequence[Piece], amounts: tuple[int, int, int], at: dt.datetime
) -> dict[str, Any]:
    open_amount, before, after = amounts
    currency, agreed = original.currency, original.agreed_cost or Decimal(0)
    told = [format_minor(amount, currency) for amount in (open_amount, after, before)]
    taken_back = format_minor(trued_up(open_amount, before, after), currency)
    return {
        **{name: original.receipt.get(name) for name in ("sale", "price_basis", "claim_days", "agreement")},
        "valued_at": at.isoformat(),
        "quantity": original.quantity,
        "currency": currency,
        "agreed_cost": price_text(original.agreed_cost),
        "pieces": [as_json(piece) for piece in pieces],
        "true_up": {"claim_line": original.pk, "open_amount": open_amount, "before": before, "after": after},
        "steps": [
            *steps(pieces, agreed, currency, original.quantity),
            f"Open was {told[0]}: × {told[1]} ÷ {told[2]} stays, {taken_back} is taken back.",
        ],
    }


def as_json(piece: Piece) -> dict[str, Any]:
    """As the statement that writes claim lines tells it."""
    return {
        "layer": piece.layer_id,
        "received_on": piece.received_on,
        "quantity": piece.quantity,
        "unit_cost": price_text(piece.unit_cost),
        "net_cost": price_text(piece.net_cost),
        "basis": price_text(piece.basis),
    }
