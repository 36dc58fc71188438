"""Bookings, billings and backlog of one period: one section for each currency, nothing converted."""

from ui.documents.bookings_billings_backlog.context import (
    Axis,
    Before,
    CurrencySection,
    Driver,
    Due,
    Member,
    Move,
    Period,
    Report,
    Slice,
    Top,
    Totals,
)
from ui.documents.bookings_billings_backlog.page import render

__all__ = [
    "Axis",
    "Before",
    "CurrencySection",
    "Driver",
    "Due",
    "Member",
    "Move",
    "Period",
    "Report",
    "Slice",
    "Top",
    "Totals",
    "render",
]
