"""The ledger rows of one order, with the names that a sentence about them needs."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from orders.models import Order
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id
from values.sql import load


class LedgerRow(NamedTuple):
    """A row of `OrderLedger`. `was_price` is the price of the schedule's row before, `invoice` a number."""

    id: int
    line_id: int
    line_no: int
    schedule_id: int
    schedule_no: int
    verb: str
    business_date: dt.date
    event_date: dt.date
    recorded_at: dt.datetime
    quantity_delta: int
    value_delta: int
    reporting_delta: int | None
    open_qty: int
    open_value: int
    unit_price: Decimal
    was_price: Decimal | None
    currency: str
    from_date: dt.date | None
    to_date: dt.date | None
    days: int | None
    initiator: str
    reason_code: str
    note: str
    actor_id: int | None
    actor: str | None
    sell_to_id: int
    sell_to: str
    end_buyer_id: int | None
    end_buyer: str | None
    invoice: str | None

    @property
    def name(self) -> str:
        return f"{self.line_no}.{self.schedule_no}"


def ledger_rows(order: Order, *, line_no: int | None = None, most: int | None = None) -> list[LedgerRow]:
    """The newest first: all, or `most`; of all lines or of one."""
    asked = {"tenant": current_tenant_id(), "order": order.pk, "line_no": line_no, "most": most}
    rows: list[LedgerRow] = fetch_prepared(load("orders", "told_ledger"), asked, make=LedgerRow._make)
    return rows
