"""Bookings, billings and backlog of one period: one section for each currency, nothing converted."""

from ui.documents.bookings_billings_backlog.context import (
    CurrencySection,
    Driver,
    Due,
    Period,
    Report,
    Slice,
    Totals,
)
from ui.documents.bookings_billings_backlog.page import render

__all__ = ["CurrencySection", "Driver", "Due", "Period", "Report", "Slice", "Totals", "render"]
