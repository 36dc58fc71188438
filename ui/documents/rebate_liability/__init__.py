"""Rebate liability as of one day: one section for each currency, nothing converted, partner by partner."""

from ui.documents.rebate_liability.context import (
    Agreement,
    Credit,
    CurrencySection,
    Exposure,
    Movement,
    Partner,
    Report,
    Row,
)
from ui.documents.rebate_liability.page import render

__all__ = [
    "Agreement",
    "Credit",
    "CurrencySection",
    "Exposure",
    "Movement",
    "Partner",
    "Report",
    "Row",
    "render",
]
