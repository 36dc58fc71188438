"""Delivery performance: how reliably dates were kept, on three bases that are never mixed.

One function in the database (metrics_delivery) classes each schedule; page, PDF, XLSX, JSON and the list of schedules
behind a figure all read it. What the classes mean is told in the domain's document.
"""

from metrics.reports.delivery_performance.figures import BASES, BASIS_NAMES, CURRENT, FIRST, REQUEST, Figures, percent
from metrics.reports.delivery_performance.question import Question
from metrics.reports.delivery_performance.report import Member, Report, delivery_performance

__all__ = [
    "BASES",
    "BASIS_NAMES",
    "CURRENT",
    "FIRST",
    "REQUEST",
    "Figures",
    "Member",
    "Question",
    "Report",
    "delivery_performance",
    "percent",
]
