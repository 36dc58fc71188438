"""The dock's answer against the request, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mismatch:
    """One field that differs. `line_id` is the ship request line for quantities, None for the whole."""

    field: str
    requested: str
    answered: str
    line_id: int | None = None


def compare_terms(frozen: dict[str, Any], answer: dict[str, str]) -> Iterator[Mismatch]:
    """Carrier, service, account and Incoterm. What the answer leaves out counts as as-requested."""
    for field in ("carrier_code", "service", "account_number", "incoterm"):
        requested, answered = str(frozen.get(field) or ""), str(answer.get(field) or "")
        if answered and normal(answered) != normal(requested):
            yield Mismatch(field.removesuffix("_code").removesuffix("_number"), requested or "–", answered)


def compare_quantities(requested: dict[int, int], answered: dict[int, int], *, is_final: bool) -> Iterator[Mismatch]:
    """Ship request line → quantity still to ship, against what is said to have left.

    More than asked always differs; less only when the site says that nothing more will come.
    """
    for line_id, wanted in requested.items():
        left = answered.get(line_id, 0)
        if left > wanted or (is_final and left < wanted):
            yield Mismatch("quantity", f"{wanted:,}", f"{left:,}", line_id)


def normal(text: str) -> str:
    """Account numbers and services are compared without blanks, dashes and case."""
    return "".join(character for character in text.upper() if character.isalnum())
