import datetime as dt

from parties.models import PartyRoleFact
from tenancy.models import Member


def give_role(*, party_id: int, role: str, by: Member | None, at: dt.datetime) -> None:
    """The party is this to us, too. Asked twice, nothing changes."""
    PartyRoleFact.objects.get_or_create(party_id=party_id, role=role)
