from dataclasses import dataclass
from typing import Any

from ui.columns import Figure, Place
from ui.figures import EMPTY
from values.money import format_price


@dataclass(frozen=True)
class UnitPrice(Figure):
    """In the row's own currency, without idle zeros."""

    def cell(self, row: Any, place: Place) -> str:
        value = self.value(row)
        return EMPTY if value is None else format_price(value, row.currency)
