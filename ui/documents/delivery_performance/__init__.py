"""How reliably dates were kept in one period, on three bases, with who and what was late."""

from ui.documents.delivery_performance.context import (
    Basis,
    Bucket,
    Group,
    Member,
    Miss,
    Moved,
    Period,
    Reason,
    Report,
    Stability,
)
from ui.documents.delivery_performance.page import page_of, render

__all__ = [
    "Basis",
    "Bucket",
    "Group",
    "Member",
    "Miss",
    "Moved",
    "Period",
    "Reason",
    "Report",
    "Stability",
    "page_of",
    "render",
]
