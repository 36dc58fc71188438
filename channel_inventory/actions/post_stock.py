import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from channel_inventory import statements
from channel_inventory.actions.lock_partners import lock_partners
from channel_inventory.actions.open_shortages import Missing, open_shortages
from channel_inventory.actions.refresh_positions import refresh_positions
from tenancy.models import Member, Tenant
from tenancy.scope import current_tenant_id
from values.rows import as_array


@dataclass(frozen=True)
class PostedStock:
    """Ledger rows written, and units that no layer held."""

    rows: int
    short: int


@transaction.atomic
def post_stock(*, pos_line_ids: Sequence[int], by: Member | None, at: dt.datetime) -> PostedStock:
    """Stock rows and layer consumption of POS lines; asked again, it writes nothing.

    Sales take from the layers that exist now, by resale date and then by the line's key. A line that was corrected
    gives back exactly what it took, and its correction takes anew; returns give back units of their sale, those taken
    last first. What comes back of sales that were posted before is there for the sales of this report. What no layer
    holds becomes a shortage. Sell-in has to be caught up with before.
    """
    if not pos_line_ids:
        return PostedStock(0, 0)
    lines = as_array(sorted(set(pos_line_ids)))
    lock_partners(partner for (partner,) in statements.rows("partners_of_lines", lines=lines))
    tenant = Tenant.objects.get(pk=current_tenant_id())
    statements.start_staging()
    statements.do("plan_sales", lines=lines)
    statements.do("plan_families", lines=lines)
    statements.analyze_staging()
    written = statements.do(
        "post_pos", at=at, actor=None if by is None else by.pk, first_open=tenant.posting_date(dt.date.min)
    )
    statements.do("unwind_families", at=at)
    statements.do("give_back", at=at)
    statements.do("demand_of_sales")
    statements.analyze_staging()
    missing = [Missing(*row) for row in statements.rows("consume_layers", at=at)]
    open_shortages(missing, tenant, at)
    statements.do("give_back", at=at)
    statements.analyze_written(written, "stockledger", "layerconsumption")
    refresh_positions(pairs=statements.rows("posted_products"), at=at)
    return PostedStock(written, sum(each.quantity for each in missing))
