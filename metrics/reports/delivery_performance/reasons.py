"""Why current commits were missed, as far as it is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.statements import Row
from orders.choices import HoldKind
from orders.forms.reasons import reason_label

KNOWN = {
    "early": "Shipped before the window",
    "cancelled": "Cancelled when it was due already",
    "dock": "The dock was told in time and shipped late",
    "": "No reason given",
}


@dataclass(frozen=True)
class Reason:
    """`code` is what it is known by: see delivery_reasons.sql."""

    code: str
    name: str
    schedules: int


def reasons_of(rows: Sequence[Row]) -> list[Reason]:
    return [Reason(row["reason"], name_of(row["reason"]), row["schedules"]) for row in rows]


def name_of(code: str) -> str:
    kind, _, word = code.partition(" ")
    if kind == "code":
        return reason_label(word)
    if kind == "hold":
        return f"On hold: {HoldKind(word).label}"
    return KNOWN[code]
