import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from channel_inventory import statements
from channel_inventory.actions.lock_partners import lock_partners
from channel_inventory.actions.move_merged_stock import move_merged_stock
from channel_inventory.actions.open_shortages import Missing, open_shortages
from channel_inventory.actions.refresh_positions import refresh_positions
from channel_inventory.actions.true_up_claims import true_up_claims
from channel_inventory.actions.value_claims import value_claims
from channel_inventory.choices import ClaimLineState, PosState, StockKind
from channel_inventory.models import ClaimLine
from orders.choices import InvoiceKind
from parties.choices import PartyRole
from parties.models import Party, PartyRoleFact
from tenancy.models import Member, Tenant
from tenancy.scope import current_tenant_id
from values.rows import as_array

Pair = tuple[int, int]

ARRIVALS = {"document": InvoiceKind.INVOICE.value, "kind": StockKind.SELL_IN.value}
RETURNS = {"document": InvoiceKind.CREDIT_MEMO.value, "kind": StockKind.RETURN_TO_US.value}


@dataclass(frozen=True)
class CaughtUp:
    """Invoice lines that became layers, and lines of credit memos that took units back."""

    arrived: int
    returned: int


@transaction.atomic
def catch_up_sell_in(
    *, at: dt.datetime, by: Member | None = None, partner_ids: Iterable[int] | None = None
) -> CaughtUp:
    """Everything invoiced and credited to partners that the channel's stock does not know yet; of all, or of some.

    An invoice line opens a layer at its price, a credited quantity takes from the layer of its invoice line first and
    then by age. What merged partners hold becomes their survivors'. Open shortages of what arrived move onto layers,
    and claims that wait and were reckoned at book for want of a layer are valued by it; approved ones give back what
    they got too much. Asked again, it writes nothing.
    """
    partners = reporting_partners(partner_ids)
    if not partners:
        return CaughtUp(0, 0)
    survivors = merged_among(partners)
    lock_partners([*partners, *survivors.values()])
    tenant = Tenant.objects.get(pk=current_tenant_id())
    values = {
        "partners": partners,
        "at": at,
        "actor": None if by is None else by.pk,
        "first_open": tenant.posting_date(dt.date.min),
    }
    rows = statements.rows("invoiced_stock", **ARRIVALS, **values)
    open_layers([row[0] for row in rows], at)
    arrived: list[Pair] = [(row[1], row[2]) for row in rows]
    returned = statements.rows("invoiced_stock", **RETURNS, **values)
    take_back([row[0] for row in returned], tenant, at)
    moved = move_merged_stock(survivors=survivors, by=by, at=at)
    # each once: of some thousand products millions of lines can arrive
    true_up({*arrived, *moved}, by, at)
    pairs = [*arrived, *moved, *((row[1], row[2]) for row in returned)]
    refresh_positions(pairs=[pair for pair in pairs if pair[0] not in survivors], at=at)
    return CaughtUp(len(arrived), len(returned))


def open_layers(stock_rows: list[int], at: dt.datetime) -> None:
    """The planner is told of the rows first. Each layer's key to its row is checked by itself: among rows that it takes
    for none, the database would go through all of them for each.
    """
    if not stock_rows:
        return
    statements.analyze_written(len(stock_rows), "stockledger")
    statements.do("open_layers", rows=as_array(stock_rows), at=at)
    statements.analyze_written(len(stock_rows), "costlayer")


def true_up(come: Collection[Pair], by: Member | None, at: dt.datetime) -> None:
    """Shortages of these partners and products move onto the layers that have come, and their claims follow."""
    if not come:
        return
    pairs = sorted(come)
    products = {"partners": [pair[0] for pair in pairs], "products": [pair[1] for pair in pairs]}
    filled = [row[0] for row in statements.rows("true_up", at=at, **products)]
    value_waiting(filled, by, at)
    true_up_claims(pos_line_ids=filled, by=by, at=at)


def value_waiting(line_ids: list[int], by: Member | None, at: dt.datetime) -> None:
    """What was denied stands: it was right by what was known then."""
    waiting = ClaimLine.objects.filter(
        pos_line_id__in=line_ids, pos_line__state=PosState.CURRENT, state=ClaimLineState.PENDING, reverses__isnull=True
    )
    value_claims(pos_line_ids=waiting.values_list("pos_line_id", flat=True), by=by, at=at)


def reporting_partners(partner_ids: Iterable[int] | None) -> list[int]:
    """With those that were merged into them: they are still invoiced what they had ordered."""
    facts = PartyRoleFact.objects.filter(role=PartyRole.PARTNER)
    if partner_ids is not None:
        asked = list(partner_ids)
        facts = facts.filter(Q(party_id__in=asked) | Q(party__merged_into_id__in=asked))
    return list(facts.order_by("party_id").values_list("party_id", flat=True))


def merged_among(partner_ids: list[int]) -> dict[int, int]:
    merged = Party.objects.filter(pk__in=partner_ids, merged_into__isnull=False).order_by("pk")
    return {pk: survivor for pk, survivor in merged.values_list("pk", "merged_into_id") if survivor}


def take_back(stock_rows: list[int], tenant: Tenant, at: dt.datetime) -> None:
    if not stock_rows:
        return
    statements.start_staging()
    statements.do("demand_of_returns", rows=stock_rows)
    statements.analyze_staging()
    statements.do("take_own_layers", at=at)
    open_shortages([Missing(*row) for row in statements.rows("consume_layers", at=at)], tenant, at)
