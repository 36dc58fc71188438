import datetime as dt
from collections.abc import Sequence

from parties.models import PartyAlias
from tenancy.models import Member


def save_aliases(*, aliases: Sequence[PartyAlias], by: Member | None, at: dt.datetime) -> None:
    """Learn many aliases at once. The caller has seen that none of them means another party."""
    PartyAlias.objects.bulk_create(aliases, batch_size=2_000)
