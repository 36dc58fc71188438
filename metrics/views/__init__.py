from metrics.views.bookings import Bookings
from metrics.views.ledger_rows import LedgerRows
from metrics.views.request_report import RequestReport
from metrics.views.search import Search

__all__ = ["Bookings", "LedgerRows", "RequestReport", "Search"]
