import datetime as dt

from parties.errors import AliasEmpty, AliasTaken
from parties.models import PartyAlias
from tenancy.models import Member
from values.text import normalise_name


def add_alias(
    *, party_id: int, alias: str, reported_by_id: int | None, by: Member | None, at: dt.datetime
) -> PartyAlias:
    """Learn that this text means this party, for everybody or for what one party reports.

    The same alias again changes nothing. Raises AliasEmpty, AliasTaken.
    """
    normalised = normalise_name(alias)
    if not normalised:
        raise AliasEmpty(f"“{alias}” has no letter and no digit.")
    found, _ = PartyAlias.objects.select_related("party").get_or_create(
        normalised=normalised,
        reported_by_id=reported_by_id,
        defaults={"party_id": party_id, "alias": alias.strip()},
    )
    if found.party_id != party_id:
        raise AliasTaken(f"“{alias}” means {found.party.code} already.")
    return found
