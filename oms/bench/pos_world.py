"""What the measured partner of `pos_import` holds, and what is agreed for its end buyers."""

import datetime as dt
from collections.abc import Iterable

from catalog.models import Product
from channel_inventory import statements
from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from oms.bench.statements import run_named
from parties.models import Party

# a row sells 49 units at the mean, of one of so many products
UNITS_A_ROW, PARTS = 49, 2_000
RUNNING_SINCE = dt.timedelta(days=365)


def fill_stock(partner: Party, rows: int, at: dt.datetime) -> None:
    """What it was invoiced, and two layers of each product beside: half as much again as the report sells."""
    catch_up_sell_in(at=at, partner_ids=[partner.pk])
    products = Product.objects.count()
    units, layers = UNITS_A_ROW * rows * 3 // 4 // min(products, PARTS), 2 * products
    run_named("pos_layers", partner=partner.pk, units=max(units, 100), day=(at - RUNNING_SINCE).date(), at=at)
    statements.analyze_written(max(layers, statements.MANY), "costlayer", "stockledger")


def agree(partner: Party, pairs: Iterable[tuple[str, str]], at: dt.datetime) -> None:
    """Ship and debit for named end buyers and parts: whatever the report sells of them earns a claim."""
    distinct = list(pairs)
    run_named(
        "pos_agreements",
        partner=partner.pk,
        buyers=[name for name, _ in distinct],
        skus=[sku for _, sku in distinct],
        day=(at - RUNNING_SINCE).date(),
        at=at,
    )
