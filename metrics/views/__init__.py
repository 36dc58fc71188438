from metrics.views.bookings import Bookings
from metrics.views.ledger_rows import LedgerRows
from metrics.views.request_report import RequestReport
from metrics.views.runs import RunList
from metrics.views.schedule_rows import Backlog, Unbilled
from metrics.views.search import Search

__all__ = ["Backlog", "Bookings", "LedgerRows", "RequestReport", "RunList", "Search", "Unbilled"]
