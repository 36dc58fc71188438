"""What the cap leaves of a claim line at its approval. Changes the objects, writes nothing."""

from collections.abc import Sequence
from decimal import Decimal

from channel_inventory.choices import ClaimReason
from channel_inventory.engine.claims import pieces_of, replay, steps
from channel_inventory.models import ClaimLine
from values.money import format_minor, part_value


def add_finding(line: ClaimLine, code: str, message: str, *, is_denial: bool) -> None:
    """What a decision found, beside what the rules had found."""
    told = {"code": str(code), "message": message, "is_denial": is_denial, "by_hand": True}
    if told not in line.findings:
        line.findings = [*line.findings, told]


def cut(line: ClaimLine, backs: Sequence[ClaimLine], *, covered: int) -> None:
    """Cut a line to the oldest `covered` units, and what its returns bill back to their part of that."""
    told = f"The cap had {covered:,} left for the {line.quantity:,} sold: cut to that."
    receipt = {**line.receipt, "decision": {"asked": line.quantity, "granted": covered, "code": "04"}}
    agreed = Decimal(receipt["agreed_cost"])
    receipt["steps"] = [*steps(pieces_of(receipt), agreed, line.currency, covered), told]
    line.receipt, line.quantity, line.amount = receipt, covered, replay(receipt)
    line.reason = ClaimReason.QUANTITY_EXCEEDED
    line.findings = [each for each in line.findings if each["code"] != ClaimReason.QUANTITY_EXCEEDED]
    add_finding(line, ClaimReason.QUANTITY_EXCEEDED, told, is_denial=False)
    open_amount, open_units = line.amount, covered
    for back in backs:
        units = -back.quantity
        back.amount = -part_value(open_amount, units, open_units)
        back.receipt = returned(back, units, open_units, open_amount)
        open_amount, open_units = open_amount + back.amount, open_units - units


def returned(back: ClaimLine, units: int, open_units: int, open_amount: int) -> dict[str, object]:
    value, told = format_minor(open_amount, back.currency), format_minor(back.amount, back.currency)
    step = f"The sale was cut: {value} × {units:,} ÷ {open_units:,} = {told}."
    bill_back = {**back.receipt["bill_back"], "units": units, "open_units": open_units, "open_amount": open_amount}
    return {**back.receipt, "bill_back": bill_back, "steps": [step]}
