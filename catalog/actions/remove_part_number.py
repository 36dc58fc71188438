import datetime as dt

from catalog.models import PartNumber
from tenancy.models import Member


def remove_part_number(*, number_id: int, by: Member | None, at: dt.datetime) -> None:
    """A customer's number means nothing any more; what was ordered by it stays."""
    PartNumber.objects.filter(pk=number_id).delete()
