"""Round axes, and figures short enough to stand in a chart."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ui.figures import figure

Number = Decimal | int | float


def exact(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


@dataclass(frozen=True)
class Unit:
    """What figures are divided by, and its name: `million`, `thousand` or nothing."""

    divisor: int
    name: str
    short: str

    def shown(self, value: Number, places: int = 2) -> str:
        return figure(exact(value) / self.divisor, places if self.divisor > 1 else 0)


UNITS = (Unit(1_000_000, "million", "m"), Unit(1_000, "thousand", "k"))
ONES = Unit(1, "", "")


def unit_for(values: Iterable[Number | None]) -> Unit:
    """The largest unit of which the largest value holds at least one."""
    largest = max((abs(float(value)) for value in values if value is not None), default=0.0)
    return next((unit for unit in UNITS if largest >= unit.divisor), ONES)


def ticks(low: Number, high: Number, about: int = 4) -> list[float]:
    """Round values from at or below `low` to at or above `high`: steps of 1, 2 or 5 times a power of ten."""
    span = float(high) - float(low)
    if span <= 0:
        return [float(low), float(low) + 1]
    rough = span / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(float(low) / step + 1e-9), math.ceil(float(high) / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def tick_text(value: float, unit: Unit) -> str:
    scaled = Decimal(repr(value)) / unit.divisor
    return figure(scaled.normalize() if scaled else Decimal(0))
