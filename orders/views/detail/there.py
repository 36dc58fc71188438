"""Which of the things that may hang on an order do: what is not there need not be read."""

from typing import NamedTuple

from jobs.choices import UNFINISHED
from orders.actions.request_documents import ACKNOWLEDGEMENT
from orders.models import Order
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id
from values.sql import load

_UNFINISHED = "{" + ",".join(UNFINISHED) + "}"


class There(NamedTuple):
    """As far as row-level security shows it to whoever asks. `printing`: of the acknowledgement of this version."""

    holds: bool
    notes: bool
    attachments: bool
    acknowledgements: bool
    invoices: bool
    mails: bool
    printing: bool


def what_is_there(order: Order) -> There:
    asked = {
        "tenant": current_tenant_id(),
        "order": order.pk,
        "kind": ACKNOWLEDGEMENT,
        "key": f"{order.pk}/{order.version}",
        "unfinished": _UNFINISHED,
    }
    (found,) = fetch_prepared(load("orders", "what_is_there"), asked, make=There._make)
    return found
