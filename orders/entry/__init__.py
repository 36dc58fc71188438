"""An order before it is booked: as it comes in, what is known of all it names, what is wrong with it, what it would
cost, how it would travel, and what would hold it back.
"""

from orders.entry.order_entry import EntryProblem, EntryRefused, LineEntry, OrderEntry, po_key

__all__ = ["EntryProblem", "EntryRefused", "LineEntry", "OrderEntry", "po_key"]
