"""The papers of an order: acknowledgements with their state, invoices and credit memos."""

from dataclasses import dataclass

from jobs.choices import UNFINISHED
from jobs.models import JobRequest
from orders.actions.request_documents import ACKNOWLEDGEMENT
from orders.models import Acknowledgement, Invoice, Order


@dataclass(frozen=True)
class Papers:
    """`older` are earlier revisions; `is_printing` when a worker is at the next one."""

    newest: Acknowledgement | None
    older: list[Acknowledgement]
    invoices: list[Invoice]
    is_current: bool
    is_printing: bool


def papers_of(order: Order, *, is_outsider: bool) -> Papers:
    made = Acknowledgement.objects.filter(order=order).order_by("-revision").defer("content")
    found = list(made if is_outsider else made.select_related("made_by__user"))
    newest = found[0] if found else None
    is_current = newest is not None and newest.order_version == order.version
    return Papers(
        newest=newest,
        older=found[1:],
        invoices=list(Invoice.objects.filter(order=order).order_by("-id").defer("frozen")),
        is_current=is_current,
        is_printing=not is_current and not is_outsider and is_printing(order),
    )


def is_printing(order: Order) -> bool:
    asked = JobRequest.objects.filter(kind=ACKNOWLEDGEMENT, unique_key=f"{order.pk}/{order.version}")
    return asked.filter(state__in=UNFINISHED).exists()
