import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from channel_inventory.choices import PosState
from channel_inventory.models import PosLine, ReportedEndBuyer
from channel_inventory.pos.draft import PosDraft
from tenancy.scope import current_tenant_id
from values.sql import load

CHUNK = 2_000
Texts = Mapping[tuple[int, str], ReportedEndBuyer]


class LineMoved(Exception):
    """A line that is to be corrected was corrected meanwhile: the report has to be checked again."""


def write_lines(*, drafts: Sequence[PosDraft], texts: Texts, batch_id: int, on: dt.date, at: dt.datetime) -> list[int]:
    """Write the lines of a report with the end buyers that their texts have; their keys, sales first.

    `texts` holds who bought, by partner and text key. Versions that are replaced were put aside before. The caller
    holds the partner's lock.
    """
    sales = [each for each in drafts if each.returns_row is None]
    returns = [each for each in drafts if each.returns_row is not None]
    written = insert(sales, batch_id, on, at, texts)
    if returns:
        by_row = {row_number: pk for pk, row_number in written}
        for draft in returns:
            draft.returns_id = by_row[draft.returns_row or 0]
        written += insert(returns, batch_id, on, at, texts)
    follow_corrections({each.corrects_id: each.row_number for each in drafts if each.corrects_id}, written)
    return [pk for pk, _ in written]


def replace_earlier(line_ids: Sequence[int]) -> None:
    """Versions that this report corrects stay, as corrected. Raises LineMoved."""
    if not line_ids:
        return
    earlier = PosLine.objects.select_for_update().filter(pk__in=line_ids, state=PosState.CURRENT).order_by("pk")
    if len(earlier.values_list("pk", flat=True)) != len(line_ids):
        raise LineMoved
    PosLine.objects.filter(pk__in=line_ids).update(state=PosState.CORRECTED)


def insert(
    drafts: Sequence[PosDraft], batch_id: int, on: dt.date, at: dt.datetime, texts: Texts
) -> list[tuple[int, int]]:
    """Key and row number of each. Through a temporary table: nothing is copied straight into one with row-level
    security.
    """
    if not drafts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(load("channel_inventory", "pos_staging_table"))
        with cursor.copy("COPY channel_pos_staged FROM STDIN") as target:
            for draft in drafts:
                target.write_row(row_of(draft, texts[draft.partner_id, draft.text_key]))
        params: dict[str, Any] = {
            "tenant_id": current_tenant_id(),
            "batch_id": batch_id,
            "received_on": on,
            "recorded_at": at,
        }
        cursor.execute(load("channel_inventory", "write_pos_lines"), params)
        written = cursor.fetchall()
        cursor.execute(load("channel_inventory", "forget_pos_staging"))
    return written


def follow_corrections(rows_of_corrected: Mapping[int, int], written: Sequence[tuple[int, int]]) -> None:
    """A return of a sale that is corrected takes back the new version from now on."""
    if not rows_of_corrected:
        return
    by_row = {row_number: pk for pk, row_number in written}
    replaced = {line_id: by_row[row_number] for line_id, row_number in rows_of_corrected.items()}
    returns = list(PosLine.objects.filter(state=PosState.CURRENT, returns_id__in=replaced).order_by("pk"))
    for each in returns:
        each.returns_id = replaced[each.returns_id or 0]
    PosLine.objects.bulk_update(returns, ["returns"], batch_size=CHUNK)


def row_of(draft: PosDraft, text: ReportedEndBuyer) -> tuple[object, ...]:
    """In the order of the staging table's columns."""
    return (
        draft.row_number,
        draft.partner_id,
        draft.product_id,
        draft.location_id,
        text.pk,
        text.party_id,
        draft.corrects_id,
        draft.returns_id,
        draft.key,
        draft.content,
        draft.invoice_number,
        draft.invoice_line,
        draft.day.isoformat(),
        draft.reported_sku,
        draft.quantity,
        str(draft.reported_quantity),
        draft.reported_unit,
        str(draft.price),
        draft.currency,
        draft.agreement,
        draft.claimed,
        draft.customer_po,
        as_array(draft.warnings),
    )


def as_array(warnings: Sequence[str]) -> str:
    """Codes hold letters and underscores only."""
    return "[" + ", ".join(f'"{code}"' for code in warnings) + "]" if warnings else "[]"
