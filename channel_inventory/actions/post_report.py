import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from channel_inventory.actions.certify_texts import certify_texts
from channel_inventory.actions.write_lines import write_lines
from channel_inventory.draft import PosDraft
from tenancy.models import Member


@dataclass(frozen=True, slots=True)
class PostedReport:
    """How many lines were written, and how many of them replaced an earlier version, took a sale back, or have a
    certified end buyer.
    """

    lines: int
    corrected: int
    returned: int
    certified: int


def post_report(
    *, lines: Sequence[PosDraft], batch_id: int, on: dt.date, by: Member | None, at: dt.datetime
) -> PostedReport:
    """Take the good lines of a partner's report, in the transaction of the accept. `on` is the day it is received.

    Every step asks for what the one before has written: lines, then who bought.
    """
    written = write_lines(drafts=lines, batch_id=batch_id, on=on, at=at)
    before = sum(1 for line in written if line.end_buyer_id)
    texts = {line.reported_end_buyer_id for line in written if line.reported_end_buyer_id}
    certified = certify_texts(text_ids=sorted(texts), at=at)
    return PostedReport(
        lines=len(written),
        corrected=sum(1 for line in lines if line.corrects_id),
        returned=sum(1 for line in lines if line.is_return),
        certified=before + certified.lines,
    )
