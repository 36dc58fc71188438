from parties.views.locations import AddLocation, EditLocation, LocationList
from parties.views.parties import AddAlias, CreateParty, EditParty, MergeParty, PartyDetail, PartyList

__all__ = [
    "AddAlias",
    "AddLocation",
    "CreateParty",
    "EditLocation",
    "EditParty",
    "LocationList",
    "MergeParty",
    "PartyDetail",
    "PartyList",
]
