"""What people type for a party, a place or a part, found set-wise: one query per table, whatever the number of texts.

Exact only (code, alias, name, part number). What is not found comes back as `Unknown` with the nearest there are.
`options` offers what may be meant while somebody still types.
"""

from orders.lookup.nearest import Unknown
from orders.lookup.parties import find_parties
from orders.lookup.parts import Part, find_parts
from orders.lookup.places import find_places, place_code

__all__ = ["Part", "Unknown", "find_parties", "find_parts", "find_places", "place_code"]
