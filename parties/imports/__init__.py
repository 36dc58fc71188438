"""The kinds of files about parties."""

from parties.imports.aliases import ALIASES
from parties.imports.contacts import CONTACTS
from parties.imports.locations import LOCATIONS
from parties.imports.parties import PARTIES

__all__ = ["ALIASES", "CONTACTS", "LOCATIONS", "PARTIES"]
