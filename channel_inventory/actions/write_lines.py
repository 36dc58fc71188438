import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from channel_inventory.actions.save_texts import save_texts
from channel_inventory.choices import PosState
from channel_inventory.draft import PosDraft
from channel_inventory.models import PosLine, ReportedEndBuyer
from channel_inventory.texts import EndBuyerText
from tenancy.scope import current_tenant_id
from values.sql import load

CHUNK = 2_000
Texts = Mapping[tuple[int, str], ReportedEndBuyer]


class LineMoved(Exception):
    """A line that is to be corrected was corrected meanwhile: the report has to be checked again."""


class WrittenLine(NamedTuple):
    """What later steps ask of a line."""

    pk: int
    row_number: int
    partner_id: int
    reported_end_buyer_id: int
    end_buyer_id: int | None
    corrects_id: int | None


def write_lines(*, drafts: Sequence[PosDraft], batch_id: int, on: dt.date, at: dt.datetime) -> list[WrittenLine]:
    """Write the lines of a report. The versions they replace stay, as corrected. Raises LineMoved.

    Sales go before returns, which name them. The caller holds the partner's lock.
    """
    distinct: dict[tuple[int, str], EndBuyerText] = {}
    for each in drafts:
        distinct.setdefault((each.partner_id, each.text_key), each.text)
    texts = save_texts(texts=((partner_id, text) for (partner_id, _), text in distinct.items()), at=at)
    replace_earlier([each.corrects_id for each in drafts if each.corrects_id])
    sales = [each for each in drafts if each.returns_row is None]
    lines = insert(sales, batch_id, on, at, texts)
    by_row = {line.row_number: line.pk for line in lines}
    returns = [each for each in drafts if each.returns_row is not None]
    for draft in returns:
        draft.returns_id = by_row[draft.returns_row or 0]
    lines += insert(returns, batch_id, on, at, texts)
    follow_corrections(lines)
    return lines


def replace_earlier(line_ids: Sequence[int]) -> None:
    earlier = PosLine.objects.select_for_update().filter(pk__in=line_ids, state=PosState.CURRENT).order_by("pk")
    if len(earlier.values_list("pk", flat=True)) != len(line_ids):
        raise LineMoved
    PosLine.objects.filter(pk__in=line_ids).update(state=PosState.CORRECTED)


def insert(drafts: Sequence[PosDraft], batch_id: int, on: dt.date, at: dt.datetime, texts: Texts) -> list[WrittenLine]:
    """Through a temporary table: nothing is copied straight into one with row-level security."""
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
        written = [WrittenLine(*row) for row in cursor.fetchall()]
        cursor.execute(load("channel_inventory", "forget_pos_staging"))
    return written


def follow_corrections(lines: Sequence[WrittenLine]) -> None:
    """A return of a sale that is corrected takes back the new version from now on."""
    replaced = {line.corrects_id: line.pk for line in lines if line.corrects_id}
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
        json.dumps(draft.warnings),
    )
