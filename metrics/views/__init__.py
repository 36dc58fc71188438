from metrics.views.bookings import Bookings
from metrics.views.ledger_rows import LedgerRows
from metrics.views.request_report import RequestReport

__all__ = ["Bookings", "LedgerRows", "RequestReport"]
