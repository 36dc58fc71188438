import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from channel_inventory import statements
from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.certify_texts import certify_texts
from channel_inventory.actions.foresee_claims import request_forecast
from channel_inventory.actions.post_stock import post_stock
from channel_inventory.actions.save_texts import save_texts, stored_texts
from channel_inventory.actions.value_claims import value_claims
from channel_inventory.actions.write_lines import replace_earlier, write_lines
from channel_inventory.choices import WAITING_TEXTS
from channel_inventory.models import ClaimLine
from channel_inventory.pos.draft import PosDraft
from channel_inventory.pos.texts import EndBuyerText
from exchange.rows import Tell, say_nothing
from pricing.agreements.caps import lock_caps
from tenancy.models import Member


@dataclass(frozen=True, slots=True)
class PostedReport:
    """How many lines were written, and how many of them replaced an earlier version, took a sale back, or have a
    certified end buyer. `short` counts units that were sold beyond what we know of, `claims` the
    claim lines that were made.
    """

    lines: int
    corrected: int
    returned: int
    certified: int
    short: int
    claims: int


def post_report(
    *,
    lines: Sequence[PosDraft],
    batch_id: int,
    on: dt.date,
    by: Member | None,
    at: dt.datetime,
    tell: Tell = say_nothing,
) -> PostedReport:
    """Take the good lines of a partner's report, in the transaction of the accept. `on` is the day it is received.

    Who bought is certified before the lines are written, which so are born with their end buyer. Then every step asks
    for what the one before has written: lines, what was there to be sold and from which layer it came, and what may
    be claimed for it. Lines of earlier reports whose end buyer is known only now are valued with
    them. Raises LineMoved.
    """
    tell("Certifying end buyers")
    replace_earlier([each.corrects_id for each in lines if each.corrects_id])
    texts = save_texts(texts=distinct_texts(lines), at=at)
    older = certify_texts(text_ids=sorted(text.pk for text in texts.values()), at=at).lines
    texts = stored_texts(texts)
    tell("Writing lines")
    line_ids = write_lines(drafts=lines, texts=texts, batch_id=batch_id, on=on, at=at)
    statements.analyze_written(len(line_ids), "posline")
    tell("Posting stock")
    catch_up_sell_in(at=at, by=by, partner_ids={line.partner_id for line in lines})
    stock = post_stock(pos_line_ids=line_ids, by=by, at=at)
    tell("Valuing claims")
    hold_caps(lines)
    valued = value_claims(pos_line_ids=[*line_ids, *older], by=by, at=at)
    if any(text.state in WAITING_TEXTS for text in texts.values()):
        request_forecast(batch_id=batch_id, by=by, at=at)
    return PostedReport(
        lines=len(line_ids),
        corrected=sum(1 for line in lines if line.corrects_id),
        returned=sum(1 for line in lines if line.is_return),
        certified=sum(1 for line in lines if texts[line.partner_id, line.text_key].party_id),
        short=stock.short,
        claims=valued.lines,
    )


def distinct_texts(lines: Sequence[PosDraft]) -> dict[tuple[int, str], EndBuyerText]:
    found: dict[tuple[int, str], EndBuyerText] = {}
    for each in lines:
        found.setdefault((each.partner_id, each.text_key), each.text)
    return found


def hold_caps(lines: Sequence[PosDraft]) -> None:
    """Corrections and returns give caps back in several steps: all of them are held before the first, in key order."""
    touched = {pk for each in lines for pk in (each.corrects_id, each.returns_id) if pk}
    if touched:
        used = ClaimLine.objects.filter(pos_line_id__in=touched, agreement_line__isnull=False).exclude(consumed_qty=0)
        lock_caps(sorted(set(used.values_list("agreement_line_id", flat=True))))
