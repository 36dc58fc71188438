from typing import Any

from django.db.models.lookups import Lookup


class IsAmong(Lookup):
    """`= ANY (array)`: the array is read first, whatever the planner thinks of its conditions.

    It takes a range of PO numbers for half a per cent of all, walks the newest orders to find some, and may walk all.
    """

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY ({right})", (*left_params, *right_params)
