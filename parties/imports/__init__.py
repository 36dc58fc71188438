"""The kinds of files about parties."""

from parties.imports.aliases import ALIASES
from parties.imports.locations import LOCATIONS
from parties.imports.parties import PARTIES

__all__ = ["ALIASES", "LOCATIONS", "PARTIES"]
