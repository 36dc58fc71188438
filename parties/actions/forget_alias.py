import datetime as dt

from parties.models import PartyAlias
from tenancy.models import Member


def forget_alias(*, alias_id: int, by: Member | None, at: dt.datetime) -> None:
    """A text does not mean the party any more. What was resolved by it stays as it was resolved."""
    PartyAlias.objects.filter(pk=alias_id).delete()
