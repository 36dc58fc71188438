"""The one place that appends to the liability ledger.

Four ways in, each one statement for any number of rows, and each idempotent: a row that was asked for before, by its
source key, is left as it is. Whoever calls holds the locks of the claim lines. Dimensions come from the claim line,
`period` is the fiscal period of its resale, `received_on` that of its claim. A day in a closed period posts to the
first open day; `event_date` keeps the day itself.

    accrue_claim_lines(claim_line_ids=[…], by=, at=)        pending lines without a denial: + estimated on the resale
                                                            day; a negative line (return of a pending sale) adjusts
    append_liability(moves=[Move(…)], by=, at=)             approve, deny, settle, adjust, accrue of named lines
    reverse_claim_lines(claim_line_ids=[…], on=, by=, at=)  the exact negative of all that was not settled: what was
                                                            settled stays, and is recoverable from then on
    reverse_rows(row_ids=[…], on=, by=, at=)                the exact negative of these rows
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from channel_inventory.choices import LiabilityEntry
from channel_inventory.engine.liability_buckets import NOTHING, Buckets, moved
from channel_inventory.models import LiabilityLedger
from tenancy.fiscal import calendar_of
from tenancy.models import Member, Tenant
from tenancy.prepared import fetch_planned
from tenancy.scope import current_tenant_id
from values.fiscal_bounds import bounds_of
from values.rows import as_array, as_json
from values.sql import load

NOT_TAKEN_BACK = (LiabilityEntry.REVERSE, LiabilityEntry.SETTLE)


@dataclass(frozen=True)
class Move:
    """One entry for one claim line. `amount` in minor units, signed as the claim line is.

    - accrue: + estimated; adjust: ± estimated
    - approve: + claimed of `amount`, − estimated of as much as is still open for the line
    - deny: − estimated of `amount`, at most what is still open for the line
    - settle: − claimed; needs `credit_id`; never more than is claimed for the line

    `on` is the day it happens: the resale's for accruals, the decision's for the rest. `source_key` says what asked
    for it, such as `approve:71:3` (line and its version).
    """

    entry: LiabilityEntry
    claim_line_id: int
    amount: int
    on: dt.date
    source_key: str
    credit_id: int | None = None
    note: str = ""


def append_liability(*, moves: Sequence[Move], by: Member | None, at: dt.datetime) -> dict[str, int]:
    """Append in the order given; the ids of all rows asked for, by source key. A move of nothing leaves no row.

    Raises BadLiability (engine.liability_buckets) for a settlement of more than is claimed, or a negative accrual.
    """
    known = rows_of_sources(move.source_key for move in moves)
    fresh = [move for move in moves if move.source_key not in known]
    buckets = open_buckets({move.claim_line_id for move in fresh})
    rows = []
    for move in fresh:
        change = moved(move.entry, move.amount, buckets.get(move.claim_line_id, NOTHING))
        buckets[move.claim_line_id] = buckets.get(move.claim_line_id, NOTHING) + change
        if change:
            rows.append(row_of(move, change))
    return known | written("append_liability", {"moves": as_json(rows)}, by, at) if rows else known


def accrue_claim_lines(*, claim_line_ids: Iterable[int], by: Member | None, at: dt.datetime) -> dict[str, int]:
    """Estimates of validated pending lines on the day of their resale; ids of the new rows by source key.

    What a sale claims anew, after a correction or another certification, stands on the day on which its earlier claim
    was taken back.
    Lines that are decided, worth nothing, or found with a denial are left out. Source keys: `accrue:LINE`, and
    `adjust:LINE` for a negative line.
    """
    return written("accrue_claim_lines", {"claim_lines": as_array(claim_line_ids)}, by, at)


def reverse_claim_lines(
    *, claim_line_ids: Iterable[int], on: dt.date, by: Member | None, at: dt.datetime, note: str = ""
) -> dict[str, int]:
    """Take back all that these lines moved, save what was settled. Ids of the new rows by source key."""
    rows = LiabilityLedger.objects.filter(claim_line_id__in=list(claim_line_ids)).exclude(entry__in=NOT_TAKEN_BACK)
    return reverse_rows(row_ids=rows.values_list("pk", flat=True), on=on, by=by, at=at, note=note)


def reverse_rows(
    *, row_ids: Iterable[int], on: dt.date, by: Member | None, at: dt.datetime, note: str = ""
) -> dict[str, int]:
    """The exact negative of each named row, once: source key `reverse:ROW`. Never dated before the row itself."""
    return written("reverse_liability", {"rows": as_array(row_ids), "day": on, "note": note}, by, at)


def row_of(move: Move, change: Buckets) -> dict[str, Any]:
    return {
        "entry": move.entry,
        "estimated": change.estimated,
        "claimed": change.claimed,
        "day": move.on,
        "claim_line_id": move.claim_line_id,
        "credit_id": move.credit_id,
        "note": move.note,
        "source_key": move.source_key,
    }


def rows_of_sources(keys: Iterable[str]) -> dict[str, int]:
    found = LiabilityLedger.objects.filter(source_key__in=list(keys))
    return dict(found.values_list("source_key", "pk"))


def open_buckets(claim_line_ids: Iterable[int]) -> dict[int, Buckets]:
    sums = (
        LiabilityLedger.objects.filter(claim_line_id__in=list(claim_line_ids))
        .values("claim_line_id")
        .annotate(estimates=Sum("estimated"), claims=Sum("claimed"))
    )
    return {row["claim_line_id"]: Buckets(row["estimates"], row["claims"]) for row in sums}


def written(name: str, values: Mapping[str, Any], by: Member | None, at: dt.datetime) -> dict[str, int]:
    tenant = Tenant.objects.get(pk=current_tenant_id())
    rows = fetch_planned(
        load("channel_inventory", name),
        {
            **values,
            "tenant_id": tenant.pk,
            "first_open": tenant.posting_date(dt.date.min),
            "periods": as_array(bounds_of(calendar_of(tenant)).periods),
            "recorded_at": at,
            "actor_id": by.pk if by else None,
        },
    )
    return dict(rows)
