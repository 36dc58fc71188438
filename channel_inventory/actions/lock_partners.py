from collections.abc import Iterable

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from channel_inventory import statements

PATIENCE = "8s"
FOR_EVER = "0"


class PartnerBusy(Exception):
    """Somebody else moves what the partner holds or claims, and takes long."""


def lock_partners(partner_ids: Iterable[int]) -> None:
    """Whoever moves the stock or the claims of a partner holds it until commit, partners in key order.

    It is the first lock that is taken, before texts, lines and claims: so nobody who does waits for anybody in a ring,
    and what is read afterwards holds all that others have written.
    """
    statements.rows("lock_partners", partners=sorted(set(partner_ids)))


def lock_partners_soon(partner_ids: Iterable[int]) -> None:
    """The same for a person, who does not sit before a page for as long as a large report is being taken.

    Raises PartnerBusy after eight seconds.
    """
    try:
        with transaction.atomic():
            set_patience(PATIENCE)
            lock_partners(partner_ids)
            set_patience(FOR_EVER)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            message = "A report of this partner is being taken just now. Nothing was changed: try again in a minute."
            raise PartnerBusy(message) from error
        raise


def set_patience(text: str) -> None:
    """Until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [text])
