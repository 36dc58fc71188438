"""What the liability page shows of one currency, spelled out for its templates."""

from metrics.liability_page.page import LiabilityPage

__all__ = ["LiabilityPage"]
