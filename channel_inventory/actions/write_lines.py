import datetime as dt
from collections.abc import Mapping, Sequence

from channel_inventory.actions.save_texts import save_texts
from channel_inventory.choices import PosState
from channel_inventory.draft import PosDraft
from channel_inventory.models import PosLine, ReportedEndBuyer
from channel_inventory.texts import EndBuyerText

CHUNK = 2_000
Texts = Mapping[tuple[int, str], ReportedEndBuyer]


class LineMoved(Exception):
    """A line that is to be corrected was corrected meanwhile: the report has to be checked again."""


def write_lines(*, drafts: Sequence[PosDraft], batch_id: int, on: dt.date, at: dt.datetime) -> list[PosLine]:
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


def insert(drafts: Sequence[PosDraft], batch_id: int, on: dt.date, at: dt.datetime, texts: Texts) -> list[PosLine]:
    lines = [line_of(draft, batch_id, on, at, texts[draft.partner_id, draft.text_key]) for draft in drafts]
    return PosLine.objects.bulk_create(lines, batch_size=CHUNK)


def follow_corrections(lines: Sequence[PosLine]) -> None:
    """A return of a sale that is corrected takes back the new version from now on."""
    replaced = {line.corrects_id: line.pk for line in lines if line.corrects_id}
    returns = list(PosLine.objects.filter(state=PosState.CURRENT, returns_id__in=replaced).order_by("pk"))
    for each in returns:
        each.returns_id = replaced[each.returns_id or 0]
    PosLine.objects.bulk_update(returns, ["returns"], batch_size=CHUNK)


def line_of(draft: PosDraft, batch_id: int, on: dt.date, at: dt.datetime, text: ReportedEndBuyer) -> PosLine:
    return PosLine(
        partner_id=draft.partner_id,
        batch_id=batch_id,
        row_number=draft.row_number,
        received_on=on,
        recorded_at=at,
        line_key=draft.key,
        content=draft.content,
        corrects_id=draft.corrects_id,
        returns_id=draft.returns_id,
        invoice_number=draft.invoice_number,
        invoice_line=draft.invoice_line,
        invoice_date=draft.day,
        product_id=draft.product_id,
        reported_sku=draft.reported_sku,
        quantity=draft.quantity,
        reported_quantity=draft.reported_quantity,
        reported_unit=draft.reported_unit,
        resale_price=draft.price,
        currency=draft.currency,
        location_id=draft.location_id,
        reported_end_buyer=text,
        end_buyer_id=text.party_id,
        cited_agreement=draft.agreement,
        claimed_amount=draft.claimed,
        customer_po=draft.customer_po,
        warnings=draft.warnings,
    )
