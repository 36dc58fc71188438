import datetime as dt

from parties.errors import PersonTaken
from parties.models import Contact
from tenancy.models import Member


def save_contact(
    *, party_id: int, by: Member | None, at: dt.datetime, contact_id: int | None = None, **values: str
) -> Contact:
    """Change a person at a party, or (without `contact_id`) add one. `values` are fields of Contact.

    Files tell people by party and name. Raises PersonTaken.
    """
    same = Contact.objects.filter(party_id=party_id, name=values["name"]).exclude(pk=contact_id or 0)
    if same.exists():
        raise PersonTaken(f"There is a {values['name']} at this party already: add what tells the two apart.")
    if contact_id is None:
        return Contact.objects.create(party_id=party_id, **values)
    contact = Contact.objects.select_for_update().get(pk=contact_id, party_id=party_id)
    for name, value in values.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(values))
    return contact
