import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from channel_inventory.actions.write_lines import write_lines
from channel_inventory.draft import PosDraft
from tenancy.models import Member


@dataclass(frozen=True, slots=True)
class PostedReport:
    """How many lines were written, and how many of them replaced an earlier version or took a sale back."""

    lines: int
    corrected: int
    returned: int


def post_report(
    *, lines: Sequence[PosDraft], batch_id: int, on: dt.date, by: Member | None, at: dt.datetime
) -> PostedReport:
    """Take the good lines of a partner's report, in the transaction of the accept. `on` is the day it is received."""
    write_lines(drafts=lines, batch_id=batch_id, on=on, at=at)
    return PostedReport(
        lines=len(lines),
        corrected=sum(1 for line in lines if line.corrects_id),
        returned=sum(1 for line in lines if line.is_return),
    )
