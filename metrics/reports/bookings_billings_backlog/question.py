from dataclasses import dataclass

from metrics.reports.question import OrdersQuestion

SNAPSHOT, LEDGER = "snapshot", "ledger"


@dataclass(frozen=True)
class Question(OrdersQuestion):
    """Over which days, for whom, and how many keys apart from the rest (None: all).

    `source` is the snapshot with the ledger rows recorded since, or the ledger alone; the answer is the same.
    """

    source: str = SNAPSHOT
    top: int | None = None
