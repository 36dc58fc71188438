from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from metrics import statements


@dataclass(frozen=True)
class Reconciliation:
    """Per currency in minor units: what the ledger adds up to, what the snapshot says, and the difference."""

    currencies: dict[str, dict[str, int]]

    @property
    def is_reconciled(self) -> bool:
        return not any(
            amounts[name]
            for amounts in self.currencies.values()
            for name in ("difference", "reporting_difference", "quantity_difference")
        )

    def as_json(self) -> dict[str, Any]:
        return self.currencies


def reconcile(*, night: date, through: datetime) -> Reconciliation:
    """Backlog at the close of `night`, by the ledger rows recorded up to `through` and by the positions."""
    found = statements.rows("reconcile", night=night, through=through, verbs=statements.backlog_verbs())
    return Reconciliation({row["currency"]: compare(row) for row in found})


def compare(row: statements.Row) -> dict[str, int]:
    return {
        "ledger": row["ledger"],
        "snapshot": row["snapshot"],
        "difference": row["snapshot"] - row["ledger"],
        "ledger_reporting": row["ledger_reporting"],
        "snapshot_reporting": row["snapshot_reporting"],
        "reporting_difference": row["snapshot_reporting"] - row["ledger_reporting"],
        "quantity_difference": row["snapshot_quantity"] - row["ledger_quantity"],
    }
