import datetime as dt

from catalog.models import UnitFactor
from tenancy.models import Member


def remove_unit(*, factor_id: int, by: Member | None, at: dt.datetime) -> None:
    """Files that use the unit are refused from now on, row by row."""
    UnitFactor.objects.filter(pk=factor_id).delete()
