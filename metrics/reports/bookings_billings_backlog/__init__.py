"""Bookings, billings and backlog: one query behind page, PDF, XLSX and JSON.

Which order types count: `orders.choices.BOOKING_TYPES` (blanket and consignment orders book nothing). Parties that
were merged appear as the survivor. Amounts are minor units, signed as in the ledger, until a form prints them.
"""

from metrics.reports.bookings_billings_backlog.bridge import DoesNotFoot
from metrics.reports.bookings_billings_backlog.question import LEDGER, SNAPSHOT, Question
from metrics.reports.bookings_billings_backlog.report import Report, bookings_billings_backlog
from metrics.reports.bookings_billings_backlog.section import Line, Section

__all__ = [
    "LEDGER",
    "SNAPSHOT",
    "DoesNotFoot",
    "Line",
    "Question",
    "Report",
    "Section",
    "bookings_billings_backlog",
]
