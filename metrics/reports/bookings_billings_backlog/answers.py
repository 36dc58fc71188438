"""What the statements give, before it is laid out by currency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from metrics.reports.bookings_billings_backlog import query
from metrics.reports.bookings_billings_backlog.names import Names, names_of
from metrics.reports.bookings_billings_backlog.query import OpenBacklog
from metrics.reports.bookings_billings_backlog.question import Question
from metrics.reports.bookings_billings_backlog.span import Span
from metrics.reports.bookings_billings_backlog.trend import rows_by_span
from metrics.snapshots.watermark import Coverage
from metrics.statements import Row
from tenancy.fiscal import calendar_of
from tenancy.models import Tenant
from values.fiscal_bounds import bounds_of


@dataclass(frozen=True)
class Answers:
    """`spans` are the periods of the trend and, last, the days compared with; `opening` is what was open before."""

    keys: list[Row]
    verbs: dict[tuple[str, str], int]
    closing: OpenBacklog
    opening: OpenBacklog
    spans: list[Row]
    members: list[Row]
    moves: list[Row]
    names: Names


def ask(tenant: Tenant, question: Question, covered: Coverage, spans: Sequence[Span], members: int) -> Answers:
    """Every statement once, whatever the number of currencies."""
    filters: dict[str, Any] = question.filters()
    keys = query.rows_by_key(question, covered, filters)
    top = query.by_dimension(question, covered, filters, members)
    bounds = bounds_of(calendar_of(tenant))
    return Answers(
        keys,
        query.rows_by_verb(question, filters),
        query.open_backlog(question.as_of, filters),
        query.open_backlog(question.first - timedelta(days=1), filters),
        rows_by_span(spans, covered, filters),
        top,
        query.date_moves(question, bounds, tenant.currency, filters),
        names_for(keys, top),
    )


def names_for(keys: Sequence[Row], members: Sequence[Row]) -> Names:
    parties = [row[name] for row in keys for name in ("sell_to_id", "end_buyer_id")]
    products = [row["product_id"] for row in keys]
    parties += [row["id"] for row in members if row["dimension"] != "product"]
    products += [row["id"] for row in members if row["dimension"] == "product"]
    return names_of(filter(None, parties), filter(None, products))


def lacks_rates(rows: Sequence[Row]) -> bool:
    """Whether a ledger row behind these has no value in the tenant's currency."""
    return any(row.get(name) for row in rows for name in ("open_unrated", "close_unrated", "unrated_rows"))
