"""The kinds of file in which partners report: what they sold, and what they hold."""

from channel_inventory.imports.pos import POS
from channel_inventory.imports.stock import STOCK

__all__ = ["POS", "STOCK"]
