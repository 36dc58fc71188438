from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from metrics import statements
from metrics.models import DailyFlow


@dataclass(frozen=True)
class FlowCounts:
    """Rows: of the ledger that were read, and of the flows that now stand for them."""

    ledger_rows: int = 0
    flow_rows: int = 0

    def __add__(self, other: "FlowCounts") -> "FlowCounts":
        return FlowCounts(self.ledger_rows + other.ledger_rows, self.flow_rows + other.flow_rows)


def make_flows(*, days: Sequence[date], through: datetime) -> FlowCounts:
    """Make whole business days anew from ledger rows recorded up to `through`; days without rows lose theirs.

    The keys whose flows changed are kept for `make_positions` of this transaction.
    """
    statements.do("touched_table")
    counts = statements.row("make_flows", days=list(days), through=through, verbs=statements.flow_verbs())
    return FlowCounts(counts["ledger_rows"], counts["flow_rows"])


def drop_flows() -> None:
    DailyFlow.objects.all().delete()


def rebuild_flows(*, days: Sequence[date], through: datetime) -> FlowCounts:
    """The flows of days that follow each other, after `drop_flows`."""
    with statements.sorted_groups():
        counts = statements.row(
            "rebuild_flows", first=days[0], last=days[-1], through=through, verbs=statements.flow_verbs()
        )
    return FlowCounts(counts["ledger_rows"], counts["flow_rows"])
