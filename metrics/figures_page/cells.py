"""Figures with the address of the rows behind them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from values.currencies import minor_digits
from values.money import from_minor

TENTH = Decimal("0.1")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Cell:
    """A figure; None is shown as a dash and leads nowhere."""

    value: Decimal | int | None
    places: int | None = None
    href: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Purse:
    """Minor units of one currency as cells."""

    currency: str

    @property
    def places(self) -> int:
        return minor_digits(self.currency)

    def amount(self, minor: int) -> Decimal:
        return from_minor(minor, self.currency)

    def cell(self, minor: int, href: str = "", tone: str = "") -> Cell:
        return Cell(self.amount(minor), self.places, href, tone)


def ratio_cell(ratio: Decimal | None, href: str = "") -> Cell:
    return Cell(ratio, 2, href)


def change(now: int, before: int) -> Decimal | None:
    """Per cent from `before` to `now`; nothing from nothing, nor from below it."""
    if before <= 0:
        return None
    return ((Decimal(now) - before) / before * HUNDRED).quantize(TENTH, ROUND_HALF_UP)


def share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole * HUNDRED).quantize(TENTH, ROUND_HALF_UP) if whole > 0 else None
