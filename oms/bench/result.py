"""One measured figure beside its limit."""

from dataclasses import asdict, dataclass
from typing import Any

AT_MOST, AT_LEAST = "≤", "≥"


@dataclass(frozen=True)
class Target:
    """How far the ratio may be from the limit, and in which direction better lies."""

    sense: str
    ratio: float

    def is_met(self, ratio: float) -> bool:
        return ratio <= self.ratio if self.sense == AT_MOST else ratio >= self.ratio

    def __str__(self) -> str:
        return f"{self.sense} {self.ratio:g}"


@dataclass(frozen=True)
class Result:
    """`value` and `limit` are in `unit`, measured in the same run; `ratio` is value ÷ limit.

    Where the unit is a time, less is better and the target says ≤; where it is a rate, more is better and it says ≥.
    """

    name: str
    value: float
    unit: str
    limit: float
    target: Target
    note: str = ""
    """What was measured, in a few words; for the screen."""

    @property
    def ratio(self) -> float:
        return self.value / self.limit

    @property
    def is_met(self) -> bool:
        return self.target.is_met(self.ratio)

    def as_json(self) -> dict[str, Any]:
        """The object that `var/bench.json` lists."""
        figures = {name: asdict(self)[name] for name in ("name", "value", "unit", "limit")}
        figures |= {"value": significant(self.value), "limit": significant(self.limit)}
        return {**figures, "ratio": significant(self.ratio), "target": str(self.target), "ok": self.is_met}


def significant(number: float) -> float:
    """Four digits: more would pretend to a precision that a shared machine does not have."""
    return float(f"{number:.4g}")


def at_most(ratio: float) -> Target:
    return Target(AT_MOST, ratio)


def at_least(ratio: float) -> Target:
    return Target(AT_LEAST, ratio)
