import datetime as dt

from parties.models import Contact
from tenancy.models import Member


def save_contact(
    *, party_id: int, by: Member | None, at: dt.datetime, contact_id: int | None = None, **values: str
) -> Contact:
    """Change a person at a party, or (without `contact_id`) add one. `values` are fields of Contact."""
    if contact_id is None:
        return Contact.objects.create(party_id=party_id, **values)
    contact = Contact.objects.select_for_update().get(pk=contact_id, party_id=party_id)
    for name, value in values.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(values))
    return contact
