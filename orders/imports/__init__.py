"""The kind of file that brings orders, as a table or as X12 850."""

from orders.imports.orders import ORDERS

__all__ = ["ORDERS"]
