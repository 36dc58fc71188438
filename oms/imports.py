"""Every kind of file there is, in the order in which an empty tenant takes them."""

from catalog.imports import PART_NUMBERS, PRODUCTS
from exchange.kinds import ImportKind
from parties.imports import ALIASES, LOCATIONS, PARTIES

KINDS: tuple[ImportKind, ...] = (PARTIES, LOCATIONS, ALIASES, PRODUCTS, PART_NUMBERS)
