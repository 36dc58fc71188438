"""Do the ledgers foot? Set-based checks in the database, each naming the rows that differ.

Those of one ledger alone are statements of its app; those that look across floors are ours. A statement
answers with the rows where `found` is not `expected`, and on each the count and the sum of all differences. Whole
rows are compared first, and only those that differ are spread out into columns: of millions next to none do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import connection

from metrics import statements
from metrics.reports.delivery_performance.calendars import calendars_for
from metrics.snapshots.delivery_coverage import delivery_coverage
from metrics.snapshots.watermark import coverage
from tenancy.scope import current_tenant_id
from values.dates import EARLIEST
from values.sql import load

LIMIT = 100


@dataclass(frozen=True)
class Check:
    name: str
    package: str = "orders"

    @property
    def statement(self) -> str:
        return load(self.package, f"verify_{self.name}")


CHECKS: Sequence[Check] = (
    Check("backlog_identity"),
    Check("dimensions"),
    Check("schedule_open"),
    Check("running_totals"),
    Check("zero_quantity"),
    Check("lines"),
    Check("orders"),
    Check("splits"),
    Check("transfers"),
    Check("invoices"),
    Check("commits"),
    Check("caps"),
    Check("blankets"),
    Check("layers", "channel_inventory"),
    Check("channel_stock", "channel_inventory"),
    Check("shipments", "metrics"),
    Check("flows", "metrics"),
    Check("positions", "metrics"),
    Check("deliveries", "metrics"),
    Check("liability_lines", "channel_inventory"),
    Check("liability_credits", "channel_inventory"),
    Check("liability_reversals", "channel_inventory"),
)


@dataclass(frozen=True)
class Finding:
    """One amount that does not foot: minor units, quantities, counts, or days since 2000-01-01 for dates."""

    table: str
    id: int | None
    name: str
    what: str
    expected: int | None
    found: int | None


@dataclass(frozen=True)
class Outcome:
    """`count` and `difference` are those of all that differs, `rows` the first hundred of it; `seconds` it took."""

    name: str
    rows: tuple[Finding, ...]
    count: int = 0
    difference: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return self.count == 0


def verify_tenant() -> list[Outcome]:
    """Every check over the tenant in scope."""
    covered = coverage()
    values: dict[str, Any] = {
        "tenant": current_tenant_id(),
        "types": statements.booking_types(),
        "backlog_verbs": statements.backlog_verbs(),
        "flow_verbs": statements.flow_verbs(),
        "use_snapshot": covered.use_snapshot,
        "after": covered.through,
        "limit": LIMIT,
        **delivery_values(),
    }
    prepare_session()
    return [outcome_of(check, values) for check in CHECKS]


def prepare_session() -> None:
    """For this transaction: every check reads whole tables, so looking rows up one by one is never the way."""
    statements.prepare_session()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_nestloop', 'off', true)")


def delivery_values() -> dict[str, Any]:
    """How far the outcomes of schedules reach, and the calendars to class the same schedules by."""
    covered, span = delivery_coverage(), statements.row("delivery_span")
    first, last = span["first"] or EARLIEST, span["last"] or EARLIEST
    night = covered.run.night if covered.run else last
    calendars = calendars_for(min(first, night), max(last, night))
    return {
        "delivery_since": covered.known_since,
        "delivery_night": night,
        **{f"delivery_{name}": value for name, value in calendars.items()},
    }


def outcome_of(check: Check, values: dict[str, Any]) -> Outcome:
    start = monotonic()
    with connection.cursor() as cursor:
        cursor.execute(check.statement, values)
        found = cursor.fetchall()
    seconds = monotonic() - start
    if not found:
        return Outcome(check.name, (), seconds=seconds)
    rows = tuple(Finding(row[0], row[1], row[2], row[3], whole(row[4]), whole(row[5])) for row in found)
    return Outcome(check.name, rows, count=found[0][6], difference=int(found[0][7]), seconds=seconds)


def whole(number: Any) -> int | None:
    return None if number is None else int(number)
