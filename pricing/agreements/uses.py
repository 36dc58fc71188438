"""How much of an agreement is used, line by line."""

from dataclasses import dataclass
from decimal import Decimal

from pricing.models import Agreement, AgreementLine

WHOLE = 100


@dataclass(frozen=True)
class LineUse:
    line: AgreementLine
    tiers: list[tuple[int, Decimal]]
    consumed: int
    reserved: int
    left: int | None

    @property
    def percent(self) -> int:
        """Used and reserved of the cap, rounded down."""
        cap = self.line.cap_qty
        return (self.consumed + self.reserved) * WHOLE // cap if cap else 0


def use_of(agreement: Agreement) -> list[LineUse]:
    """Lines with their tiers and use; a revised line shows what its successor counts. One query."""
    lines = agreement.lines.select_related("product", "family", "carried_to").order_by("pk")
    return [line_use(line) for line in lines]


def line_use(line: AgreementLine) -> LineUse:
    pool = line.carried_to or line
    left = None if line.cap_qty is None else max(line.cap_qty - pool.consumed_qty - pool.reserved_qty, 0)
    tiers = list(zip(line.min_qtys, line.prices, strict=True))
    return LineUse(line, tiers, pool.consumed_qty, pool.reserved_qty, left)
