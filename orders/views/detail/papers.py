"""The papers of an order: acknowledgements with their state, invoices and credit memos."""

from dataclasses import dataclass

from orders.models import Acknowledgement, Invoice, Order
from orders.views.detail.there import There


@dataclass(frozen=True)
class Papers:
    """`older` are earlier revisions; `is_printing` when a worker is at the next one."""

    newest: Acknowledgement | None
    older: list[Acknowledgement]
    invoices: list[Invoice]
    is_current: bool
    is_printing: bool


def papers_of(order: Order, there: There, *, is_outsider: bool) -> Papers:
    found = acknowledgements_of(order, is_outsider=is_outsider) if there.acknowledgements else []
    newest = found[0] if found else None
    is_current = newest is not None and newest.order_version == order.version
    return Papers(
        newest=newest,
        older=found[1:],
        invoices=invoices_of(order) if there.invoices else [],
        is_current=is_current,
        is_printing=there.printing and not is_current and not is_outsider,
    )


def acknowledgements_of(order: Order, *, is_outsider: bool) -> list[Acknowledgement]:
    made = Acknowledgement.objects.filter(order=order).order_by("-revision").defer("content")
    return list(made if is_outsider else made.select_related("made_by__user"))


def invoices_of(order: Order) -> list[Invoice]:
    return list(Invoice.objects.filter(order=order).order_by("-id").defer("frozen"))
