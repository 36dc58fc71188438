import datetime as dt

from parties.models import Contact
from tenancy.models import Member


def remove_contact(*, contact_id: int, by: Member | None, at: dt.datetime) -> None:
    """Forget a person; the party's history keeps what was known."""
    Contact.objects.filter(pk=contact_id).delete()
