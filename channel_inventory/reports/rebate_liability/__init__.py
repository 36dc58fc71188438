"""Rebate liability as of any day: one query behind page, PDF, XLSX and JSON.

What the liability ledger holds, in two buckets: `estimated` (validated claims that wait) and `claimed` (approved and
not settled). A partner whose balance is below zero owes it to us: it is recoverable, and never netted against others.
Amounts are minor units, signed as in the ledger, until a form prints them. Parties that were merged appear as the
survivor.
"""

from channel_inventory.reports.rebate_liability.foot import DoesNotFoot
from channel_inventory.reports.rebate_liability.question import BadQuestion, Question
from channel_inventory.reports.rebate_liability.report import Report, period_start, rebate_liability
from channel_inventory.reports.rebate_liability.section import Line, Member, Section

__all__ = [
    "BadQuestion",
    "DoesNotFoot",
    "Line",
    "Member",
    "Question",
    "Report",
    "Section",
    "period_start",
    "rebate_liability",
]
