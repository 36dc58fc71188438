"""PO numbers by their start, through an index that answers under row-level security."""

from typing import Any

from django.db.models import F, Q, Value
from django.db.models.lookups import Lookup


class PatternAtLeast(Lookup):
    """`~>=~`: unlike LIKE it is leakproof, so that the prefix index answers under row-level security."""

    operator = "~>=~"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} {self.operator} {right}", (*left_params, *right_params)


class PatternBelow(PatternAtLeast):
    operator = "~<~"


def po_starts_with(key: str) -> Q:
    """Leans on order_po_prefix."""
    field = F("customer_po_key")
    return Q(PatternAtLeast(field, Value(key))) & Q(PatternBelow(field, Value(key + "\U0010ffff")))
