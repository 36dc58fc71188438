import datetime as dt
from collections.abc import Sequence

from catalog.models import UnitFactor
from tenancy.models import Member

CHUNK = 2_000


def save_units(*, units: Sequence[UnitFactor], by: Member | None, at: dt.datetime) -> None:
    """Write many units, new ones and known ones, which have a key."""
    UnitFactor.objects.bulk_update([unit for unit in units if unit.pk], ["factor"], batch_size=CHUNK)
    UnitFactor.objects.bulk_create([unit for unit in units if not unit.pk], batch_size=CHUNK)
