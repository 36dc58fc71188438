from parties.views.aliases import AliasList, CreateAlias, ForgetAlias
from parties.views.contacts import AddContact, ContactList, EditContact, RemoveContact
from parties.views.locations import AddLocation, EditLocation, LocationDetail, LocationList
from parties.views.parties import AddAlias, CreateParty, EditParty, MergeParty, PartyDetail, PartyList

__all__ = [
    "AddAlias",
    "AddContact",
    "AddLocation",
    "AliasList",
    "ContactList",
    "CreateAlias",
    "CreateParty",
    "EditContact",
    "EditLocation",
    "EditParty",
    "ForgetAlias",
    "LocationDetail",
    "LocationList",
    "MergeParty",
    "PartyDetail",
    "PartyList",
    "RemoveContact",
]
