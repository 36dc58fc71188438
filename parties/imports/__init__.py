"""The kinds of files about parties."""

from parties.imports.aliases import ALIASES
from parties.imports.contacts import CONTACTS
from parties.imports.locations import LOCATIONS
from parties.imports.parties import PARTIES
from parties.imports.trading_partners import TRADING_PARTNERS

__all__ = ["ALIASES", "CONTACTS", "LOCATIONS", "PARTIES", "TRADING_PARTNERS"]
