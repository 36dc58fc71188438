import datetime as dt
from collections.abc import Sequence

from shipping.actions.saving import assign, locked, refuse_taken_code
from shipping.models import Carrier
from tenancy.models import Member


def save_carrier(
    *,
    code: str,
    name: str,
    services: Sequence[str] = (),
    by: Member | None,
    at: dt.datetime,
    carrier_id: int | None = None,
) -> Carrier:
    """Change a carrier, or (without `carrier_id`) add one. Without services any may be asked for.

    Raises ShippingRefused.
    """
    carrier = locked(Carrier, carrier_id, None) if carrier_id else Carrier()
    refuse_taken_code(Carrier, code, carrier_id, "carriers")
    if assign(carrier, {"code": code, "name": name, "services": list(services)}):
        carrier.save()
    return carrier
