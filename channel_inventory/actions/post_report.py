import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from channel_inventory import statements
from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.certify_texts import certify_texts
from channel_inventory.actions.post_stock import post_stock
from channel_inventory.actions.value_claims import value_claims
from channel_inventory.actions.write_lines import write_lines
from channel_inventory.draft import PosDraft
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
    *, lines: Sequence[PosDraft], batch_id: int, on: dt.date, by: Member | None, at: dt.datetime
) -> PostedReport:
    """Take the good lines of a partner's report, in the transaction of the accept. `on` is the day it is received.

    Every step asks for what the one before has written: lines, who bought, what was there to be sold and from which
    layer it came, and what may be claimed for it. Lines of earlier reports whose end buyer is known only now are valued
    with them.
    """
    written = write_lines(drafts=lines, batch_id=batch_id, on=on, at=at)
    statements.analyze_written(len(written), "posline")
    before = sum(1 for line in written if line.end_buyer_id)
    texts = {line.reported_end_buyer_id for line in written if line.reported_end_buyer_id}
    certified = certify_texts(text_ids=sorted(texts), at=at)
    line_ids = [line.pk for line in written]
    catch_up_sell_in(at=at, by=by, partner_ids={line.partner_id for line in written})
    stock = post_stock(pos_line_ids=line_ids, by=by, at=at)
    valued = value_claims(pos_line_ids=[*line_ids, *certified.lines], by=by, at=at)
    return PostedReport(
        lines=len(written),
        corrected=sum(1 for line in lines if line.corrects_id),
        returned=sum(1 for line in lines if line.is_return),
        certified=before + len(set(line_ids).intersection(certified.lines)),
        short=stock.short,
        claims=valued.lines,
    )
