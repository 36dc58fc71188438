"""Agreement lines in force that price the same thing for the same parties: at most one may hold on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from pricing.models import AgreementLine

Key = tuple[Any, ...]


def key_of(line: AgreementLine) -> Key:
    """What the exclusion constraint compares, days apart."""
    return line.end_buyer_id, line.sell_to_id, line.product_id, line.family_id, line.currency, line.project


def owner_of(line: AgreementLine) -> int:
    return line.end_buyer_id or -(line.sell_to_id or 0)


def subject_of(line: AgreementLine) -> int:
    return line.product_id or -(line.family_id or 0)


@dataclass(frozen=True, slots=True)
class Held:
    number: str
    valid_from: dt.date
    valid_to: dt.date

    def sentence(self, line: AgreementLine) -> str:
        start, end = max(line.valid_from, self.valid_from), min(line.valid_to, self.valid_to)
        return (
            f"Agreement {self.number} prices the same for the same parties from {start} to {end}. Two prices cannot "
            "hold on one day: change the dates, or close or revise the other."
        )


class InForce:
    """The lines in force that could meet some others, found by one query."""

    def __init__(self) -> None:
        self._held: dict[Key, list[Held]] = defaultdict(list)

    @classmethod
    def beside(cls, lines: Collection[AgreementLine], numbers: Collection[str]) -> "InForce":
        """Those of other agreements than `numbers`."""
        found = cls()
        stored = AgreementLine.objects.filter(
            is_in_force=True,
            subject_key__in={subject_of(line) for line in lines},
            owner_key__in={owner_of(line) for line in lines},
        )
        for line in stored.exclude(agreement__number__in=numbers).select_related("agreement"):
            found.add(line, line.agreement.number)
        return found

    def add(self, line: AgreementLine, number: str) -> None:
        self._held[key_of(line)].append(Held(number, line.valid_from, line.valid_to))

    def meeting(self, line: AgreementLine) -> Held | None:
        for held in self._held[key_of(line)]:
            if held.valid_from <= line.valid_to and line.valid_from <= held.valid_to:
                return held
        return None
