from parties.models.alias import PartyAlias
from parties.models.contact import Contact
from parties.models.location import Location
from parties.models.party import Party
from parties.models.party_role import PartyRoleFact

__all__ = ["Contact", "Location", "Party", "PartyAlias", "PartyRoleFact"]
