"""Quantities: whole numbers in a product's own unit, with its minimum and its package multiple."""

from dataclasses import dataclass
from typing import Literal

ProblemCode = Literal["not_positive", "below_minimum", "not_multiple"]


class UnitMismatchError(ValueError):
    """Two units met in one sum or comparison."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"Cannot mix {left} and {right}: convert one of them first.")
        self.left = left
        self.right = right


@dataclass(frozen=True, slots=True)
class Quantity:
    """A whole amount of one unit. Two units in one sum or comparison raise UnitMismatchError."""

    amount: int
    unit: str

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.amount + self._same(other), self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.amount - self._same(other), self.unit)

    def __neg__(self) -> "Quantity":
        return Quantity(-self.amount, self.unit)

    def __lt__(self, other: "Quantity") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Quantity") -> bool:
        return self.amount <= self._same(other)

    def __str__(self) -> str:
        return f"{self.amount:,} {self.unit}"

    def _same(self, other: "Quantity") -> int:
        if other.unit != self.unit:
            raise UnitMismatchError(self.unit, other.unit)
        return other.amount


@dataclass(frozen=True, slots=True)
class QuantityProblem:
    """Why a quantity cannot be ordered, and the smallest one from there up that can."""

    code: ProblemCode
    message: str
    suggestion: int


def check_quantity(quantity: int, minimum: int = 1, multiple: int = 1) -> QuantityProblem | None:
    """Say what is wrong with an ordered quantity, or None. Both rules are 1 when there is none."""
    suggestion = next_multiple(quantity, minimum, multiple)
    if quantity <= 0:
        return QuantityProblem("not_positive", "The quantity must be 1 or more.", suggestion)
    if quantity < minimum:
        message = f"{quantity:,} is below the minimum of {minimum:,}. The nearest is {suggestion:,}."
        return QuantityProblem("below_minimum", message, suggestion)
    if quantity % multiple:
        message = f"{quantity:,} is not a multiple of {multiple:,}. The next is {suggestion:,}."
        return QuantityProblem("not_multiple", message, suggestion)
    return None


def next_multiple(quantity: int, minimum: int = 1, multiple: int = 1) -> int:
    """The smallest quantity that reaches both `quantity` and `minimum` in whole packages.

    Raises ValueError when minimum or multiple is below 1.
    """
    if minimum < 1 or multiple < 1:
        raise ValueError(f"A minimum of {minimum} and a multiple of {multiple} allow no quantity.")
    return -(-max(quantity, minimum) // multiple) * multiple
