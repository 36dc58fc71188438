"""A receipt as a page tells it: the units, the cap, and the way from what was sold to what is credited."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from channel_inventory.choices import PriceBasis
from channel_inventory.engine.claims import Piece, first_units, pieces_of, replay, told_steps, unit_claim
from channel_inventory.models import ClaimLine
from values.money import format_minor, format_price, to_minor


@dataclass(frozen=True)
class Unit:
    """Units of one layer; `is_cut` where the cap did not reach them."""

    layer: int | None
    received_on: str
    quantity: int
    cost: str
    value: str
    is_cut: bool = False


@dataclass(frozen=True)
class Receipt:
    line: ClaimLine
    basis: str
    units: list[Unit]
    steps: list[str]
    findings: list[dict[str, Any]]
    replayed: str
    is_same: bool
    agreement: dict[str, Any] = field(default_factory=dict)

    @property
    def sale(self) -> dict[str, Any]:
        return self.line.receipt["sale"]

    @property
    def agreed(self) -> str:
        cost = self.line.agreed_cost
        return "" if cost is None else format_price(cost, self.line.currency)

    @property
    def resold_on(self) -> str:
        return day_of(self.sale["resold_on"])

    @property
    def agreement_days(self) -> str:
        return f"{day_of(self.agreement['valid_from'])} to {day_of(self.agreement['valid_to'])}"


def day_of(text: str) -> str:
    return f"{dt.date.fromisoformat(text):%d %b %Y}" if text else ""


def receipt_of(line: ClaimLine) -> Receipt:
    """`is_same` says whether working the receipt out again gives the amount of the line."""
    receipt = line.receipt
    again = replay(receipt)
    basis = receipt.get("price_basis")
    return Receipt(
        line=line,
        basis=PriceBasis(basis).label.lower() if basis else "",
        units=units_of(line),
        steps=told_steps(receipt),
        findings=line.findings,
        replayed=format_minor(again, line.currency),
        is_same=again == line.amount,
        agreement=receipt.get("agreement") or {},
    )


def units_of(line: ClaimLine) -> list[Unit]:
    """The pieces, oldest first: what is covered, then what the cap cut off."""
    if line.agreed_cost is None:
        return []
    pieces = pieces_of(line.receipt)
    # the line of a true-up covers no units of its own: those of the sale are told
    covered = line.receipt["quantity"] if "true_up" in line.receipt else line.quantity
    taken = first_units(pieces, covered)
    shown = [unit_of(line, piece, part, is_cut=False) for piece, part in taken]
    left = [(piece, piece.quantity - part) for piece, part in taken]
    left += [(piece, piece.quantity) for piece in pieces[len(taken) :]]
    return shown + [unit_of(line, piece, part, is_cut=True) for piece, part in left if part]


def unit_of(line: ClaimLine, piece: Piece, part: int, *, is_cut: bool) -> Unit:
    agreed = line.agreed_cost or Decimal(0)
    start = piece.credited_from
    value = to_minor(unit_claim(piece, agreed) * part, line.currency)
    return Unit(
        layer=piece.layer_id,
        received_on=day_of(piece.received_on),
        quantity=part,
        cost="–" if start is None else format_price(start, line.currency),
        value=format_minor(value, line.currency),
        is_cut=is_cut,
    )
