import datetime as dt
from collections.abc import Mapping

from channel_inventory import statements
from channel_inventory.models import StockPosition
from tenancy.models import Member, Tenant
from tenancy.scope import current_tenant_id


def move_merged_stock(*, survivors: Mapping[int, int], by: Member | None, at: dt.datetime) -> set[tuple[int, int]]:
    """What merged partners (key) hold becomes their survivors' (value); where and of what, as (partner, product).

    The ledger says so with a transfer on the day; layers keep cost and day of receipt, and sales without a layer are
    filled by what the survivor has from then on. What comes to a merged partner later moves with the next call. The
    caller holds both partners.
    """
    if not survivors:
        return set()
    tenant = Tenant.objects.get(pk=current_tenant_id())
    values = {
        "losers": list(survivors),
        "survivors": list(survivors.values()),
        "on": tenant.today(at),
        "first_open": tenant.posting_date(dt.date.min),
        "at": at,
        "actor": None if by is None else by.pk,
    }
    moved = {(row[0], row[1]) for row in statements.rows("move_merged_layers", **values)}
    moved |= {(row[0], row[1]) for row in statements.rows("move_merged_rest", **values)}
    StockPosition.objects.filter(partner_id__in=list(survivors)).delete()
    return {(partner, product) for partner, product in moved if partner not in survivors}
