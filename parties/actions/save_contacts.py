import datetime as dt
from collections.abc import Sequence

from parties.models import Contact
from tenancy.models import Member

CHUNK = 2_000


def save_contacts(*, contacts: Sequence[Contact], by: Member | None, at: dt.datetime) -> None:
    """Write many people, new ones and known ones, which have a key."""
    known = [contact for contact in contacts if contact.pk]
    Contact.objects.bulk_update(known, ["purpose", "email", "phone"], batch_size=CHUNK)
    Contact.objects.bulk_create([contact for contact in contacts if not contact.pk], batch_size=CHUNK)
